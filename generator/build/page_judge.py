"""Judgement of the made pages of one batch by themselves, and what they say for judgement together with others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from generator.build.listing import unlisted
from generator.build.titles import Titles, titles_of
from generator.check.document import Document
from generator.check.facts import DocumentFacts
from generator.check.judging import Judge, worst_first
from generator.check.page_facts import document_facts
from generator.check.published import Published
from generator.check.seen import Seen, see
from generator.errors import Finding
from generator.ledger.records import PUBLISHED, Dating, History, bytes_digest
from generator.plan.routes import X_DEFAULT, Route
from generator.render.links import own_links
from generator.render.made_page import MadePage
from generator.render.made_pages import MadePages
from generator.render.renderer import Failure, Rendering
from generator.render.robots_tag import asks_to_be_left_out
from generator.tracing.expressions import Expressions


class Judged(Struct, frozen=True):
    """Result of judging pages of a batch: those that no rule lets pass, or that cannot be made.

    And for judgement with other pages: what those say that were ``seen`` whole, and ``translations`` of them; the
    ``titles`` of all; and how many none above them lists.
    """

    failures: tuple[Failure, ...]
    seen: tuple[Seen, ...]
    translations: tuple[DocumentFacts, ...]
    titles: Titles
    unlisted: int


class PageJudge:
    """Judges pages of ``batch``; those that are published as they are pass."""

    def __init__(
        self, judge: Judge, published: Published, rendering: Rendering, batch: str, history: History, dating: Dating
    ) -> None:
        self._judge = judge
        self._published = published
        self._rendering = rendering
        self._batch = batch
        self._history = history
        self._today = dating.today.isoformat()
        self._failures: list[Failure] = []
        self._seen: list[Seen] = []
        self._translations: list[DocumentFacts] = []
        self._titles = Titles()
        self._unlisted = 0

    def judged(self) -> Judged:
        """The result for the pages so far."""
        found = (tuple(self._failures), tuple(self._seen), tuple(self._translations))
        return Judged(*found, self._titles, self._unlisted)

    def add(self, made: MadePages | MadePage | Failure) -> None:
        """Judge pages of one variant, or one that was made by itself, or could not be made."""
        if isinstance(made, Failure):
            self._failures.append(made)
            return
        if isinstance(made, MadePage):
            self._page(made)
        else:
            self._variant(made, self._rendering.renderer.values_in(made))
        self._titles += titles_of(made, self._history)
        self._unlisted += unlisted(made, self._rendering.plan)

    def _page(self, made: MadePage) -> None:
        """Judge a page that was made by itself."""
        (route,) = made.routes
        if not self._is_as_published(route, made.whole):
            # Each of its links is constant text.
            links = [str(text) for (text,) in made.said.links]
            failure, seen = self._judged(route, made.whole, made.changed[0], links, is_compared=True, may_ask=True)
            self._keep(failure, seen)

    def _variant(self, made: MadePages, expressions: Expressions) -> None:
        """Judge pages of one variant: one for all, those that may differ, and the others where that one is unsound."""
        wanted, first = self._judge.doubtful(made, expressions)
        # A variant that an earlier build has kept was held against its translations then.
        compared = first if made.page.known is None else []
        found = {number: self._of_variant(made, number, is_compared=number in compared) for number in wanted}
        is_sound = all(self._is_sound(*found[number]) for number in first)
        self._judge.learn(made, is_sound=is_sound)
        for number in compared:
            self._translations += self._of_translations(found[number][1])
        if not is_sound:
            rest = (number for number in range(len(made.rows)) if number not in wanted)
            found |= {number: self._of_variant(made, number) for number in rest}
        for number, (failure, seen) in found.items():
            if not self._is_as_published(made.routes[number], made.body(number)):
                self._keep(failure, seen)

    def _is_sound(self, failure: Failure | None, seen: Seen) -> bool:
        return failure is None and seen.is_usual(self._published.origin, self._today)

    def _keep(self, failure: Failure | None, seen: Seen) -> None:
        self._seen.append(seen)
        if failure:
            self._failures.append(failure)

    def _of_variant(self, made: MadePages, number: int, *, is_compared: bool = True) -> tuple[Failure | None, Seen]:
        body = made.body(number)
        links = own_links(body.decode("utf-8", "replace"))
        may_ask = made.page.asks is not False
        return self._judged(
            made.routes[number], body, made.changed[number], links, is_compared=is_compared, may_ask=may_ask
        )

    def _judged(
        self, route: Route, body: bytes, changed: str | None, links: Iterable[str], *, is_compared: bool, may_ask: bool
    ) -> tuple[Failure | None, Seen]:
        document = self._judge.document(route.path, body)
        faults = self._judge.faults(document, route.topic.id if route.topic else "")
        astray = self._judge.astray(links)
        before = self._history.pages.get(route.path)
        first = before.first_built if before else self._today
        is_left_out = may_ask and asks_to_be_left_out(body)
        seen = see(
            document, route, self._batch, astray, first, changed, is_compared=is_compared, is_left_out=is_left_out
        )
        return (failure_of(route, faults) if faults else None), seen

    def _of_translations(self, seen: Seen) -> Iterator[DocumentFacts]:
        """Planned facts of the page's translations, of each pair of pages once: for the one that is not the default."""
        path, paths = seen.page.path, {one.hreflang: one.path for one in seen.alternates}
        default = paths.get(X_DEFAULT)
        for target in dict.fromkeys(paths.values()) if path != default else ():
            if target != path and (target == default or path > target):
                body = self._published.read(target)
                if body is not None:
                    yield document_facts(Document(target, body, self._published))

    def _is_as_published(self, route: Route, body: bytes) -> bool:
        before = self._history.pages.get(route.path)
        return before is not None and before.state in PUBLISHED and before.bytes_digest == bytes_digest(body)


def failure_of(route: Route, faults: Sequence[Finding]) -> Failure:
    """The failure of a page with these faults, the worst of which comes first."""
    worst = faults[0]
    others = sorted({fault.rule for fault in faults} - {worst.rule})
    return Failure(route.kind, route.path, worst, tuple(others))


def merged(route: Route, before: Failure | None, faults: Sequence[Finding]) -> Failure:
    """The failure of a page that has these faults, too, the worst of which comes first."""
    if before is None:
        return failure_of(route, faults)
    if not before.finding.rule:
        return before  # A page that cannot even be made is not one to judge.
    found = failure_of(route, sorted([before.finding, *faults], key=worst_first))
    others = {*found.besides, *before.besides} - {found.finding.rule}
    return replace(found, besides=tuple(sorted(others)))
