"""Renderer of the pages of a plan, batch by batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from generator.errors import Finding, Severity
from generator.ledger.records import Dating, History, PageHistory, has_bytes
from generator.model import RouteKind, Source
from generator.options import Printing
from generator.plan.routes import Batch, Plan, Route
from generator.render.appearance import Appearance
from generator.render.content import ContentError
from generator.render.content_digest import VERSION
from generator.render.dating import content_changed, updated_on
from generator.render.jsonld import IncompleteNode
from generator.render.made_page import MadePage, said_on
from generator.render.made_pages import AssignedPages, MadePages
from generator.render.page import PageBuilder
from generator.render.pages import Pages, PageText
from generator.render.piece import Piece
from generator.render.plain_page import PlainPage, Printer, encoded
from generator.render.traced import KINDS
from generator.render.traced_page import TracedPage
from generator.render.traced_pages import TracedPages
from generator.render.views import locale_view, site_view, topic_view
from generator.render.ways_seen import WaysSeen
from generator.templating.environment import template_fault, translations
from generator.tracing.expressions import Expressions

NOT_FOUND_MESSAGE = "We can’t find that page"
"""The heading in ``not_found.html``, whose translation also titles that page."""


class Mismatch(Exception):
    """A page made by column is not what plain Jinja makes of it."""

    def __init__(self, template: str) -> None:
        super().__init__(template)
        what = "made by column, this page is not what plain Jinja makes of it: a fault of the generator"
        fix = "Build with --plain, and send the template to a developer."
        self.finding = Finding(f"templates/{template}", what, fix)


class Failure(Struct, frozen=True):
    """A page that could not be made or may not be published, and why.

    ``finding`` is the same for every page with that fault, but where a rule names the page as its place. ``besides``
    are other rules that the page breaks.
    """

    kind: RouteKind
    path: str
    finding: Finding
    besides: tuple[str, ...] = ()


def _failed(route: Route, fault: Finding) -> Failure:
    return Failure(route.kind, route.path, fault)


def failure_findings(failures: Iterable[Failure], severity: Severity) -> list[Finding]:
    """One finding for each fault, however many pages it spoils, with the first of them."""
    failures = tuple(failures)
    counts = Counter(failure.finding for failure in failures)
    paths: dict[tuple[Finding, tuple[str, ...]], list[str]] = {}
    for failure in failures:
        found = failure.finding
        is_own = found.where == failure.path and counts[found] == 1
        shared = replace(found, where="") if is_own else found
        paths.setdefault((shared, failure.besides), []).append(failure.path)
    return [
        replace(
            shared,
            where=shared.where or min(paths[shared, besides]),
            what=f"{shared.what} ({_told(shared, besides, sorted(paths[shared, besides]))})",
            severity=severity,
        )
        for shared, besides in sorted(paths)
    ]


def _told(shared: Finding, besides: Sequence[str], paths: Sequence[str]) -> str:
    """The rules that these pages break, and which pages they are, where ``shared`` does not say so."""
    rules = [f"{shared.rule}, besides {', '.join(besides)}" if besides else shared.rule] if shared.rule else []
    is_said = len(paths) == 1 and not shared.where
    pages = f"on {paths[0]}" if len(paths) == 1 else f"on {len(paths):,} pages, such as {paths[0]}"
    return "; ".join([*rules, *([] if is_said else [pages])])


class Rendering:
    """How the pages of a plan are rendered; travels to other processes, where the renderer is made anew."""

    def __init__(self, plan: Plan, appearance: Appearance, printing: Printing) -> None:
        self.plan = plan
        self.appearance = appearance
        self.printing = printing

    @cached_property
    def renderer(self) -> Renderer:
        """The renderer of this process, made when it is first asked for."""
        return Renderer(self.plan, self.appearance, self.printing)

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in self.__dict__.items() if name != "renderer"}


class Renderer:
    """Holds what the pages of a plan share; compiled templates do not travel, so a process makes its own."""

    def __init__(self, plan: Plan, appearance: Appearance, printing: Printing) -> None:
        site = plan.site
        templates = site.root / "templates"
        self._plan = plan
        self._printing = printing
        view = site_view(site.config, appearance.css, appearance.images, site.attributions)
        locales = {locale.tag: locale_view(locale, site.config, plan.paths) for locale in site.locales}
        read: dict[str, tuple[str, ...]] = {kind: page.reads for kind, page in appearance.templates.items()}
        self.facts_read: Mapping[str, tuple[str, ...]] = {"version": (VERSION,), **read}
        """Fields of places, regions and pages that templates read, by kind of page; and the digests' version."""
        self._compared: dict[int, tuple[TracedPage, bool]] = {}
        """Variants that were compared with plain Jinja, and whether they are what that makes of them."""
        self._standing = WaysSeen(trusts_known=True)
        self._pages: dict[str, Pages] = {}
        for locale in site.locales:
            topics = {topic.id: topic_view(topic, site.config, plan.paths) for topic in plan.topics_in(locale.tag)}
            builder = PageBuilder(plan, locale, view, locales[locale.tag], topics)
            printer = Printer(templates, locale, view, locales[locale.tag])
            not_found = translations(locale).gettext(NOT_FOUND_MESSAGE)
            traced = TracedPages(plan, locale, builder, printer)
            self._pages[locale.tag] = Pages(builder, printer, traced, not_found)

    def made(
        self,
        routes: Iterable[Route],
        history: History,
        dating: Dating,
        pages: Mapping[str, MadePage] = MappingProxyType({}),
        assigned: Sequence[AssignedPages] | None = None,
    ) -> Iterator[MadePages | MadePage | Failure]:
        """The pages of ``routes``, which are of one batch: those of one variant together, others one by one.

        ``pages``, by path, and ``assigned``, of all variants, are what was kept of an earlier call for the same
        arguments.
        """
        wanted = [route for route in routes if route.status.state != "frozen"]
        several = [route for route in wanted if route.kind in KINDS]
        done: set[str] = set()
        for made in self._by_column(several, history, dating, assigned):
            done.update(route.path for route in made.routes)
            if assigned is not None or self._is_right(made, history, dating):
                yield made
            else:
                fault = Mismatch(f"{made.routes[0].kind}.html").finding
                yield from (_failed(route, fault) for route in made.routes)
        for route in wanted:
            if route.path not in done:
                yield pages.get(route.path) or self.by_itself(route, history, dating)

    def recall(self, locale: str, kept: Mapping[str, bytes]) -> None:
        """Use traces that an earlier build has kept."""
        self._pages[locale].traced.recall(kept)

    def keep(self, locale: str, topic: str) -> dict[str, bytes]:
        """Traces of the pages of a topic, as far as they are new and right, for ``recall``."""

        def is_right(page: TracedPage) -> bool:
            return self._compared.get(id(page), (page, True))[1]

        return self._pages[locale].traced.keep(topic, is_right)

    def values_in(self, made: MadePages) -> Expressions:
        """The table of the expressions of ``made``."""
        return self._pages[made.routes[0].locale].traced.expressions

    def _by_column(
        self,
        routes: Sequence[Route],
        history: History,
        dating: Dating,
        assigned: Sequence[AssignedPages] | None,
    ) -> Iterator[MadePages]:
        if routes and self._printing != "plain":
            traced = self._pages[routes[0].locale].traced
            if assigned is None:
                yield from traced.make(routes, history, dating, self.facts_read)
            else:
                yield from traced.again(routes, assigned)

    def by_itself(self, route: Route, history: History, dating: Dating) -> MadePage | Failure:
        """The page of ``route`` by plain Jinja, or what is wrong with one of its texts or templates."""
        try:
            return self._plain(self._pages[route.locale].plain(route), route, history, dating)
        except (ContentError, IncompleteNode) as error:
            return _failed(route, error.finding)
        # Whatever a template raises is one page's fault, and must not cost the others.
        except Exception as error:  # noqa: BLE001
            return _failed(route, template_fault(error))

    def _is_right(self, made: MadePages, history: History, dating: Dating) -> bool:
        """Whether pages of one variant are what plain Jinja makes of them.

        Its first page is compared when the variant is new, so is the first on which items of a list stand in a way of
        their own, and every page where that is asked for.
        """
        key = id(made.page)
        wanted = [*range(len(made.rows))] if self._printing == "verified" else self._standing.new(made)
        if self._compared.get(key, (None, True))[1]:
            self._compared.setdefault(key, (made.page, True))
            for number in wanted:
                route, digest, body = made.routes[number], made.digests[number], made.body(number)
                plain = self.by_itself(route, history, dating)
                if isinstance(plain, Failure) or plain.whole != body or plain.digests != (digest,):
                    self._compared[key] = (made.page, False)
                    break
        return self._compared[key][1]

    def _plain(self, page: PlainPage, route: Route, history: History, dating: Dating) -> MadePage:
        shown = page.facts(self.facts_read[route.kind])
        before = history.pages.get(route.path)
        is_same = before is not None and self._is_same(page, route, before, history)
        changed = content_changed(dating, before, is_same)
        text = page.print(updated_on(route, changed))
        if dating.touch and before and not has_bytes(before, encoded(text)):
            changed, is_same = dating.today.isoformat(), False
            text = page.print(updated_on(route, changed))
        body = encoded(text)
        said = said_on(page, route, text)
        return MadePage((route,), body, (page.digest(shown),), (changed,), (is_same,), said)

    def page_texts(self, batch: Batch, *, is_whole: bool = False) -> Iterator[PageText]:
        """Texts of the pages of places of ``batch``; ``is_whole`` asks for ``PageText.whole``."""
        routes = [route for route in self._plan.routes(batch) if route.place]
        if routes:
            yield from self._pages[batch.locale].page_texts(routes, self.facts_read["place"], is_whole=is_whole)

    def page_text(self, route: Route) -> PageText:
        """Text of the page of ``route``, which is a place's."""
        (found,) = self._pages[route.locale].page_texts([route], self.facts_read["place"])
        return found

    def own_texts(self, route: Route) -> list[tuple[Source, list[Piece]]]:
        """The author's texts on the page of ``route`` that are not the same on all pages, with where each stands."""
        return self._pages[route.locale].own_texts(route)

    def whole(self, route: Route, changed: str | None) -> list[Piece]:
        """The page of ``route``, whose content changed on that day, in pieces of HTML; raises Refused."""
        return self._pages[route.locale].whole(route, updated_on(route, changed))

    def explain(self) -> Iterator[str]:
        """Which pages are left to plain Jinja, and why, one line each."""
        seen: set[tuple[str, str, str]] = set()
        for batch in self._plan.batches:
            for route in self._plan.routes(batch) if batch.topic and batch.region else ():
                key = (route.kind, batch.locale, batch.topic.id if batch.topic else "")
                if key not in seen:
                    seen.add(key)
                    yield from self._pages[route.locale].traced.explain(route)

    def _is_same(self, page: PlainPage, route: Route, before: PageHistory, history: History) -> bool:
        """Whether the page's content is what it was, by the facts that its templates showed then.

        So templates that show more or less change no date. A digest of another version cannot be compared.
        """
        read = history.facts_read.get(before.batch, self.facts_read)
        return read["version"] != (VERSION,) or page.digest(page.facts(read[route.kind])) == before.content_digest
