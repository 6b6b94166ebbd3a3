"""Tracing of pages of places, or of regions: their texts and template are run once for each variant."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import partial
from hashlib import blake2b
from typing import Any, Literal

from jinja2 import Environment
from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from generator.model import INDEX, Status, Topic
from generator.plan.routes import Alternate, Plan, Route
from generator.render.content_digest import data_texts, joined, page_texts
from generator.render.listing import Neighbours
from generator.render.main_text import main_texts
from generator.render.page import Draft, PageBuilder, Subject
from generator.render.recorded_content import AuthorText, RecordedContent
from generator.render.rows import LinkedRow, PlaceLinkRow, RegionRow, UnlinkedRow
from generator.render.traced_page import TracedPage
from generator.tracing.columns import Columns
from generator.tracing.expressions import OPEN, Part, Refused, parts_of
from generator.tracing.frame import Guard
from generator.tracing.kept import KeptExpressions, adopt, frozen, keep, known_ways
from generator.tracing.loops import Loop
from generator.tracing.recorder import Field, Recorder
from generator.tracing.variants import FEW, Segments, Variants, segments

PagesKind = Literal["place", "region"]
KINDS: tuple[PagesKind, ...] = ("place", "region")

_FEW_HUBS = 10
"""Variants of regions' pages that are few enough to trace: a topic has about as many pages as there are states,
and one that lists hundreds of places takes long to trace where its loops are not followed."""


class Shape(Struct, frozen=True):
    """The part of a page's route that is the same for all places, or regions, of a topic but for ends of addresses.

    ``versions`` and ``alternates`` are those of the route, each with the beginning of its address.
    """

    is_indexable: bool
    prefix: str
    versions: tuple[tuple[str, str], ...]
    alternates: tuple[tuple[str, str], ...]


def _digest(said: object) -> str:
    return blake2b(repr(said).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def shape_of(route: Route, tail: str) -> Shape:
    """The shape of ``route``, whose address ends in ``tail``, as those of its translations do."""
    return Shape(
        route.is_indexable,
        route.path.removesuffix(tail),
        tuple([(version.hreflang, version.path.removesuffix(tail)) for version in route.versions]),
        tuple([(alternate.hreflang, alternate.path.removesuffix(tail)) for alternate in route.alternates]),
    )


class TracedText(Struct, frozen=True):
    """Texts of an article on the pages of one variant; numbers are those of expressions.

    ``content`` is what the content digest covers. ``main`` are the texts of the page's main part, and whether each is
    HTML; ``texts`` those of the author that are not the same on all pages.
    """

    content: Segments
    title: int
    description: int
    h1: int
    canonical: int
    main: tuple[tuple[tuple[Part, ...], bool], ...]
    texts: tuple[AuthorText, ...]
    decided: tuple[Guard, ...]
    """The decisions that led here."""


class KeptText(Struct, frozen=True):
    """A variant of texts as it is kept between builds, with the variants of its pages."""

    made_of: KeptExpressions
    text: TracedText
    pages_made_of: KeptExpressions
    pages: list[tuple[tuple[Guard, ...], Segments]]


class KeptTraces(Struct, frozen=True):
    """All that is kept of one ``Traced``."""

    texts: list[KeptText]


class Traced:
    """The pages of one kind, topic and shape; ``updated`` is the expression of the date that they claim."""

    def __init__(
        self,
        plan: Plan,
        kind: PagesKind,
        topic: Topic,
        shape: Shape,
        recorder: Recorder,
        content: RecordedContent,
        builder: PageBuilder,
        environment: Environment,
        shared: Mapping[str, object],
        *,
        is_refused: bool,
    ) -> None:
        self._plan = plan
        self.kind = kind
        self._topic = topic
        self._shape = shape
        self._recorder = recorder
        self._content = content
        self._builder = builder
        self._environment = environment
        self._is_refused = is_refused or OPEN in repr(topic)
        self._shared = shared
        self._neighbours = Neighbours(plan)
        self._is_gated = plan.decides_places(topic)
        self.name = f"{kind} {topic.id} {topic.locale} {_digest((shape, self._is_gated))}"
        recorder.functions |= {
            ("hub", topic.id): self._hub,
            ("nearby", topic.id): self._nearby,
            ("nearest_larger", topic.id): self._larger,
        }
        self.updated = recorder.expressions.number("given", "updated", topic.id)
        self._few = _FEW_HUBS if kind == "region" else FEW
        self.texts: Variants[TracedText] = Variants(recorder, self._trace_text, self._few, f"text {self.name}")
        self._pages: dict[int, Variants[TracedPage]] = {}

    def pages(self, text: TracedText) -> Variants[TracedPage]:
        """The pages whose article is of that variant."""
        found = self._pages.get(id(text))
        if found is None:
            name = f"page {self.name} {_digest(text.decided)}"
            found = self._pages[id(text)] = Variants(self._recorder, partial(self._trace_page, text), self._few, name)
        return found

    def keep(self, is_right: Callable[[TracedPage], bool]) -> KeptTraces:
        """The variants as they are kept for later builds, of pages those that are right; raises LookupError."""
        kept: list[KeptText] = []
        for guards, text in self.texts.kept:
            pages = [(guards, page.body) for guards, page in self.pages(text).kept if is_right(page)]
            said = (guards, text.content.slots, text.title, text.description, text.h1, text.canonical, text.main)
            parts = tuple([author.parts for author in text.texts])
            made_of = keep(self._recorder, (said, parts))
            of_pages = keep(self._recorder, [(guards, body.slots) for guards, body in pages])
            kept.append(KeptText(made_of, text, of_pages, pages))
        return KeptTraces(kept)

    @property
    def size(self) -> tuple[int, int]:
        """Numbers of variants, and of those of items of loops, the ones on other pages of the locale included."""
        loops = [loop for loop in self._recorder.expressions.constants.values() if isinstance(loop, Loop)]
        pages = sum(len(self.pages(text).kept) for _, text in self.texts.kept)
        return len(self.texts.kept) + pages, sum(len(loop.bodies.kept) for loop in loops)

    def recall(self, kept: KeptTraces) -> None:
        """Know the variants of an earlier build; raises LookupError where something in them is not known now."""
        for one in kept.texts:
            adopt(self._recorder, one.made_of, self.texts.run)
            self.texts.add(one.text, frozen(one.text.decided))
            pages = self.pages(one.text)
            adopt(self._recorder, one.pages_made_of, pages.run)
            known = known_ways(one.pages_made_of)
            for guards, body in one.pages:
                pages.add(self._page(one.text, body, known), frozen(guards))

    def _trace_text(self, row: Columns) -> TracedText:
        draft = self._draft(row)
        expressions, page = self._recorder.expressions, draft.page
        texts = [str.__str__(text) for text in page_texts(page, draft.topic)]
        texts += [self._in_json(text) for text in data_texts(draft.nodes)]
        return TracedText(
            segments(expressions, parts_of(joined(texts))),
            self._number(page.title),
            self._number(page.description),
            self._number(page.h1),
            self._number(page.canonical),
            tuple([(parts_of(str.__str__(text)), is_html) for text, is_html in main_texts(page) if text]),
            tuple(self._content.texts),
            tuple(self._recorder.guards),
        )

    def _trace_page(self, text: TracedText, row: Columns) -> TracedPage:
        draft = self._draft(row, text.decided)
        page = draft.dated(self._recorder.value(self.updated))
        blocks = tuple([self._recorder.text(Markup(self._in_json(block))) for block in page.json_ld])  # noqa: S704
        page = replace(page, json_ld=blocks)
        html = self._environment.get_template(f"{self.kind}.html").render(
            **self._shared, topic=draft.topic, place=draft.place, page=page
        )
        return self._page(text, segments(self._recorder.expressions, parts_of(html)))

    def _page(self, text: TracedText, body: Segments, known: frozenset[Hashable] | None = None) -> TracedPage:
        texts = (text.title, text.description, text.h1, text.canonical)
        return TracedPage(self._recorder.expressions, texts, body, known)

    def _draft(self, row: Columns, decided: tuple[Guard, ...] = ()) -> Draft:
        """The page as plain Jinja would have it from the author's texts, with recorded values."""
        recorder, builder, shape, topic = self._recorder, self._builder, self._shape, self._topic
        if self._is_refused:
            raise Refused("a text with a character that stands for values here")
        about = recorder.begin(row, self._fields, decided, unrolls=self.kind == "place")
        self._content.begin()
        tail = about.tail
        route = Route(
            self.kind,
            shape.prefix + tail,
            topic.locale,
            topic,
            versions=tuple([Alternate(tag, prefix + tail) for tag, prefix in shape.versions]),
            alternates=tuple([Alternate(tag, prefix + tail) for tag, prefix in shape.alternates]),
            status=INDEX if shape.is_indexable else Status("noindex"),
        )
        view, region, place = builder.topic(topic), about.region, about.place
        subject = Subject(route, topic, view, builder.names(route, view, region, place), region, place)
        if self.kind == "region":
            subject = replace(subject, places=about.places, place_count=about.place_count)
        elif self._is_gated:
            subject = replace(subject, nearby=self._around("nearby"), nearest_larger=self._around("nearest_larger"))
        else:
            subject = replace(subject, nearby=about.nearby, nearest_larger=about.nearest_larger)
        return builder.topic_page(subject, self._content)

    @property
    def _fields(self) -> Mapping[tuple[type, str], Field]:
        topic = self._topic
        prefix = self._plan.paths.place_prefix(topic)

        def linked(recorder: Recorder, number: int) -> Any:
            return prefix + recorder.value(recorder.expressions.number("get", number, "tail"))

        def hub(recorder: Recorder, number: int) -> Any:
            key = recorder.value(recorder.expressions.number("get", number, "key"))
            return recorder.call(("hub", topic.id), (key,))

        return {
            (LinkedRow, "path"): linked,
            (PlaceLinkRow, "path"): linked,
            (UnlinkedRow, "path"): lambda _, __: "",
            (RegionRow, "path"): hub,
        }

    def _hub(self, key: str) -> str:
        return self._plan.hub(self._topic, self._plan.by_region[key][0].region)

    def _around(self, name: str) -> Any:
        """Surroundings of a place, where they depend on the topic."""
        expressions = self._recorder.expressions
        key = (name, self._topic.id)
        number = expressions.constant(key, self._recorder.function(key))
        return self._recorder.value(expressions.number("columns", number))

    def _nearby(self, columns: Columns) -> list[Any]:
        around = self._plan.surroundings
        return [self._neighbours.views(self._topic, around[row.id].nearby) for row in columns.rows]  # type: ignore[attr-defined]

    def _larger(self, columns: Columns) -> list[Any]:
        larger = [self._plan.surroundings[row.id].larger for row in columns.rows]  # type: ignore[attr-defined]
        return [self._neighbours.view(self._topic, near) if near else None for near in larger]

    def _in_json(self, text: str) -> str:
        """Structured data, with its values as they stand in its strings."""
        return str.__str__(self._recorder.in_letters(text, ("json",)))

    def _number(self, text: str) -> int:
        expressions = self._recorder.expressions
        return expressions.fill(parts_of(str.__str__(text)), is_markup=False)
