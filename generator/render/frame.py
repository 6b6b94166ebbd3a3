"""Pages that are made from what they share: that is worked out once, and each page adds what it alone knows."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any, cast

from jinja2 import nodes
from markupsafe import Markup
from msgspec import Struct

from generator.model import Source
from generator.render.article import has_words
from generator.render.content_digest import data_texts, new_digest, page_texts, text_digest
from generator.render.jsonld import script_text
from generator.render.layout import Layout, Slot
from generator.render.local_texts import LocalTexts, Piece
from generator.render.local_words import LocalText, local_text
from generator.render.page import Draft, Subject
from generator.render.partial.values import CannotInline, Dynamic, Items, Known, Part, Record, Text, Value
from generator.render.placeholders import DAY, UNKNOWN_DAY, Pieces, Reads, filled, has_placeholder, pieces
from generator.render.printed import Printed
from generator.render.printing import Printer
from generator.render.shown import Shown
from generator.render.specialize import UnusualPage, escaped
from generator.templating.contract import PageView

_PAGE = nodes.Name("page", "load")
"""The whole page, which is built only where a template hands it on."""

_AROUND = ("nearby", "nearest_larger", "places", "place_count")
"""Fields of the page that are read from its subject."""

_around = attrgetter(*_AROUND)


class _InJson(dict[int, str]):
    """What stands on one page instead of each placeholder, as it stands in the strings of structured data."""

    def __init__(self, values: Mapping[int, str]) -> None:
        super().__init__()
        self._values = values

    def __missing__(self, number: int) -> str:
        value = self[number] = script_text(str(self._values[number]))[1:-1]
        return value


class Local:
    """What one page alone knows of what its frame leaves open."""

    def __init__(self, subject: Subject, reads: Reads, texts: LocalTexts) -> None:
        self.subject = subject
        self.values, self.pieces = texts.evaluate(subject.names)
        self.values |= reads.of(subject)
        self.in_json = _InJson(self.values)

    def text(self, shown: Shown) -> LocalText:
        """The page's local text with what it shows."""
        return local_text(self.pieces, shown.names, shown.words)

    def set_day(self, updated: datetime.date | None) -> None:
        if updated:
            self.values[DAY] = self.in_json[DAY] = updated.isoformat()


class Form(Struct, frozen=True, dict=True):
    """The template of a frame, specialised to it."""

    layout: Layout
    texts: tuple[tuple[str, Pieces, type[str]], ...]
    """Texts with placeholders that pages print, by the name under which the layout knows them."""
    numbers: tuple[tuple[str, int], ...]
    """Placeholders in structured data, likewise."""

    @cached_property
    def _fillings(self) -> list[tuple[Slot, Pieces, int]]:
        """Of each slot of the layout its kind, its text, and the number of its placeholder."""
        texts = {name: parts for name, parts, _ in self.texts}
        numbers = dict(self.numbers)
        return [(kind, texts.get(name, ()), numbers.get(name, 0)) for name, kind in self.layout.slots.items()]

    def slots(self, local: Local) -> list[str]:
        """What stands in the slots of the layout, as it takes it."""
        values, in_json = local.values, local.in_json
        found = []
        for kind, parts, number in self._fillings:
            if kind == "data":
                found.append(in_json[number])
            elif kind == "text":
                found.append(escaped(str(filled(parts, values))))
            else:
                found.append(filled(parts, values))
        return found

    @cached_property
    def _read_texts(self) -> list[tuple[str, Pieces, type[str]]]:
        """Those of ``texts`` that the template reads."""
        return [text for text in self.texts if text[0] in self.layout.residual.names]

    @cached_property
    def _read_numbers(self) -> list[tuple[str, int]]:
        return [number for number in self.numbers if number[0] in self.layout.residual.names]

    def names(self, local: Local, updated: datetime.date | None, page: Callable[[], object]) -> dict[str, object]:
        """What the template may read on a page."""
        subject = local.subject
        names: dict[str, object] = {
            "place": subject.place,
            "region": subject.region,
            "updated": updated,
            **dict(zip(_AROUND, _around(subject), strict=True)),
        }
        for name, parts, kind in self._read_texts:
            names[name] = kind(filled(parts, local.values))
        for name, number in self._read_numbers:
            # Escaped as script_text does.
            names[name] = Markup(local.in_json[number])  # noqa: S704
        if "page" in self.layout.residual.names:
            names["page"] = page()
        return names


class Frame:
    """What the pages of one kind, topic and shape share; ``draft`` is their page with placeholders for the rest.

    The shape of a page is what stands on it at all: which translations it has, and which conditions hold.
    """

    def __init__(self, draft: Draft, reads: Reads, texts: LocalTexts, printer: Printer) -> None:
        page = draft.page
        self._texts = texts
        self._reads = reads
        self.title, self.description = pieces(page.title), pieces(page.description)
        self.h1, self.canonical = pieces(page.h1), pieces(page.canonical)
        self._draft = draft
        self._printer = printer
        self._digests = tuple(_digests(draft))
        self._main = [(pieces(text), is_html) for text, is_html in _main_texts(page) if text]
        local = [question for question in draft.questions if has_placeholder(question.name + question.answer)]
        self._questions = [(pieces(question.name), pieces(question.answer)) for question in local]
        self._shared_questions = [question.name for question in draft.questions if question not in local]
        self._forms: dict[bool, Form | str] = {}

    def form(self, is_dated: bool) -> Form | str:
        """The template specialised to pages with or without a date; or the reason why it cannot be."""
        if is_dated not in self._forms:
            try:
                self._forms[is_dated] = self._specialized(is_dated)
            except CannotInline as why:
                self._forms[is_dated] = str(why)
        return self._forms[is_dated]

    @property
    def is_of_use(self) -> bool:
        """Whether pages can be made from it, as far as is known."""
        return not any(isinstance(form, str) for form in self._forms.values())

    def local(self, subject: Subject) -> Local:
        """What the page of ``subject`` alone knows.

        Raises UnusualPage where a question is empty or stands twice, which the page by itself explains.
        """
        local = Local(subject, self._reads, self._texts)
        if self._questions:
            names = [filled(name, local.values) for name, _ in self._questions]
            answers = [Markup(filled(answer, local.values)) for _, answer in self._questions]  # noqa: S704
            is_twice = len({*names, *self._shared_questions}) < len(names) + len(self._shared_questions)
            if is_twice or not all(names) or not all(map(has_words, answers)):
                raise UnusualPage("a question that is empty or stands twice")
        return local

    def main_text(self, subject: Subject) -> tuple[list[Piece], list[Piece]]:
        """The pieces of the main text of the page of ``subject``; and those of all its texts that only it has."""
        found = self._texts.pieces(subject.names)
        values = self._reads.of(subject)
        main: list[Piece] = []
        for parts, is_html in self._main:
            for part in parts:
                if isinstance(part, str):
                    main.append(Piece(part, is_html, is_shared=True))
                else:
                    main += found[part] if part in found else [Piece(values[part], is_html)]
        return main, [piece for text in found.values() for piece in text if not piece.is_shared]

    def own_texts(self, subject: Subject) -> Iterator[tuple[Source, list[Piece]]]:
        """The author's texts that are not the same on all pages, in pieces, with where each stands."""
        for number, text in self._texts.pieces(subject.names).items():
            yield self._texts.sources[number], text

    def whole(self, subject: Subject, updated: datetime.date | None, page: Callable[[], object]) -> list[Piece]:
        """The page of ``subject`` as ``print`` gives it, in pieces of HTML: those that other pages share, and its own.

        Raises UnusualPage where the template could not be specialised.
        """
        local = self.local(subject)
        local.set_day(updated)
        form = self.form(updated is not None)
        if isinstance(form, str):
            raise UnusualPage(form)
        own = self._texts.pieces(subject.names)
        parts_of = {name: (parts, kind) for name, parts, kind in form.texts}
        numbers = dict(form.numbers)
        found: list[Piece] = []
        for slot, text in form.layout.pieces(form.names(local, updated, page)):
            if slot in parts_of:
                parts, kind = parts_of[slot]
                found += _html_pieces(parts, kind is Markup, own, local.values)
            elif slot in numbers:
                found.append(Piece(local.in_json[numbers[slot]], is_html=True))
            else:
                found.append(Piece(text, is_html=True, is_shared=not slot))
        return found

    def digests(self, local: Local) -> bytes:
        """The digests of the page's texts, one after another."""
        digests: list[bytes] = []
        for part in self._digests:
            if isinstance(part, bytes):
                digests.append(part)
            else:
                parts, is_data = part
                digests.append(new_digest(filled(parts, local.in_json if is_data else local.values)))
        return b"".join(digests)

    def print(self, local: Local, updated: datetime.date | None, page: Callable[[], object]) -> Printed:
        """The page in bytes and its links; ``page`` builds the whole of it for a template that asks for that."""
        form = self.form(updated is not None)
        if isinstance(form, str):
            raise UnusualPage(form)
        local.set_day(updated)
        return form.layout.join(form.slots(local), form.names(local, updated, page))

    def _specialized(self, is_dated: bool) -> Form:
        draft = self._draft
        naming = _Naming()
        page = draft.dated(UNKNOWN_DAY if is_dated else None)
        known = naming.value(page, _PAGE)
        if not isinstance(known, Record):
            raise CannotInline("a page that is the same everywhere")
        around = {name: Dynamic(nodes.Name(name, "load"), is_steady=True) for name in _AROUND}
        data = [naming.in_script(block) for block in page.json_ld]
        special: dict[str, Value] = {
            **(around if page.kind != "topic" else {}),
            "region": Record({}, nodes.Name("region", "load")) if page.region else Known(None),
            "updated": Record({}, nodes.Name("updated", "load")) if is_dated else Known(None),
            "json_ld": Items(tuple(data), nodes.Getattr(_PAGE, "json_ld", "load")),
        }
        place: Value = Record({}, nodes.Name("place", "load")) if draft.place else Known(None)
        whole = Record({**known.fields, **special}, _PAGE)
        slots: dict[str, Slot] = dict.fromkeys(naming.numbers.values(), "data")
        slots |= {name: "html" if kind is Markup else "text" for name, _, kind in naming.texts.values()}
        shared: dict[str, Value] = {"topic": Known(draft.topic), "place": place, "page": whole}
        layout = self._printer.specialize(page.kind, shared, slots)
        needed = {*layout.slots, *layout.residual.names}
        return Form(
            layout,
            tuple((name, parts, kind) for name, parts, kind in naming.texts.values() if name in needed),
            tuple((name, number) for number, name in naming.numbers.items() if name in needed),
        )


def _html_pieces(
    parts: Pieces, is_html: bool, own: Mapping[int, Sequence[Piece]], values: Mapping[int, str]
) -> Iterator[Piece]:
    """The pieces of a text with placeholders, as HTML."""
    for part in parts:
        pieces = [Piece(part, is_html, is_shared=True)] if isinstance(part, str) else own.get(part)
        for piece in pieces or [Piece(values[cast("int", part)], is_html)]:
            yield Piece(piece.text if is_html else escaped(piece.text), True, piece.is_shared)


class _Naming:
    """Turns a page with placeholders into what a template may know of it, and names what only the page knows."""

    def __init__(self) -> None:
        self.texts: dict[tuple[str, type[str]], tuple[str, Pieces, type[str]]] = {}
        self.numbers: dict[int, str] = {}

    def value(self, value: Any, node: nodes.Expr) -> Value:
        """``value``, the whole of which ``node`` gives on the page."""
        if isinstance(value, str):
            return self._text(value) if has_placeholder(value) else Known(value)
        if isinstance(value, tuple):
            items = [self.value(item, nodes.Getitem(node, nodes.Const(i), "load")) for i, item in enumerate(value)]
            return Known(value) if _all_known(items) else Items(tuple(items), node)
        if isinstance(value, Struct):
            names = value.__struct_fields__
            found = {name: self.value(getattr(value, name), nodes.Getattr(node, name, "load")) for name in names}
            return Known(value) if _all_known(found.values()) else Record(found, node)
        return Known(value)

    def in_script(self, block: Markup) -> Value:
        """Structured data, in which what the page knows is escaped."""
        parts: list[Part] = []
        for part in pieces(block):
            if isinstance(part, str):
                parts.append(part)
            else:
                name = self.numbers.setdefault(part, f"in_json_{part}")
                parts.append(nodes.Output([nodes.Name(name, "load")]))
        return Text(tuple(parts), is_steady=True)

    def _text(self, text: str) -> Value:
        kind: type[str] = Markup if isinstance(text, Markup) else str
        name, _, _ = self.texts.setdefault((str(text), kind), (f"text_{len(self.texts)}", pieces(text), kind))
        return Dynamic(nodes.Name(name, "load"), is_steady=True)


def _all_known(values: Iterable[Value]) -> bool:
    return all(isinstance(value, Known) for value in values)


def _main_texts(page: PageView) -> Iterator[tuple[str, bool]]:
    """The texts of a page's main part in page order, each with whether it is HTML.

    The words of templates are left out, and lists of links: navigation, and what lies nearby.
    """
    yield from ((page.h1, False), (page.summary, False), (page.introduction, True))
    for section in page.sections:
        yield from ((section.title, False), (section.html, True))
        for question in section.questions:
            yield from ((question.name, False), (question.answer, True))
    if page.call_to_action:
        yield page.call_to_action.html, True


def _digests(draft: Draft) -> Iterator[bytes | tuple[Pieces, bool]]:
    """The digests of a page's texts; of one with placeholders its pieces, and whether it is structured data."""
    known = b""
    texts = [(text, False) for text in page_texts(draft.page, draft.topic)]
    texts += [(text, True) for text in data_texts(draft.nodes)]
    for text, is_data in texts:
        if has_placeholder(text):
            yield known
            yield pieces(text), is_data
            known = b""
        else:
            known += text_digest(text)
    yield known
