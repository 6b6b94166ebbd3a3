"""A specialised template as the pieces from which a page is joined: shared bytes, slots, and what a template prints."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Literal, TypeVar

from jinja2 import nodes

from generator.render.links import only_tags, own_links
from generator.render.partial.values import Part
from generator.render.printed import Printed, encoded
from generator.render.robots_tag import is_silent as is_silent_part
from generator.render.robots_tag import open_parts
from generator.render.specialize import Residual, Specializer, end_of_text, pieces_of, texts_of

T = TypeVar("T")

Slot = Literal["text", "html", "data"]
"""What a value is: text, which is escaped; HTML; or a part of structured data, which is neither."""


class Layout:
    """What pages are joined from; ``parts`` are what is left of the template ``name``.

    ``slots`` are the names of values that need no template where they are printed as they are, and what they are.
    """

    def __init__(self, name: str, specializer: Specializer, parts: Sequence[Part], slots: Mapping[str, Slot]) -> None:
        grouped = list(_grouped(parts, slots))
        found = dict.fromkeys(part.name for part in grouped if isinstance(part, nodes.Name))
        self.slots: dict[str, Slot] = {name: slots[name] for name in found}
        """The slots that are filled here, in the order in which ``join`` takes them."""
        body, tags = _Joint(), _Joint()
        numbers = {name: number for number, name in enumerate(found)}
        runs: list[Part] = []
        self._runs = 0
        # Outside of a tag no text matters to links, since it has no tag of its own.
        is_in_tag = False
        for part in grouped:
            if isinstance(part, list):
                runs += [*part, end_of_text()]
                body.open(len(found) + self._runs)
                tags.open(len(found) + self._runs)
                self._runs += 1
                is_in_tag = True
            elif isinstance(part, nodes.Name):
                body.open(numbers[part.name])
                is_in_tag = is_in_tag or slots[part.name] == "html"
                if is_in_tag:
                    tags.open(numbers[part.name])
            else:
                if "<" in part or ">" in part:
                    is_in_tag = part.rfind("<") > part.rfind(">")
                body.shared(part)
                tags.shared(only_tags(part))
        self._left = [part for part in runs if isinstance(part, nodes.Node)]
        self.residual: Residual = specializer.residual(name, runs)
        self.shared = sum(len(part) for part in parts if isinstance(part, str))
        self._pieces = body.pieces
        self._body, self._in_body = [encoded(text) for text in body.texts], _getter(body.order)
        self._tags, self._in_tags = tags.texts, _getter(tags.order)
        kinds = [*self.slots.values(), *["html"] * self._runs]
        self._asking = open_parts([encoded(p) if isinstance(p, str) else kinds[p] == "text" for p in body.pieces])
        """Where a page might ask search engines to leave it out; None where each has to be asked itself."""

    def pieces(self, names: Mapping[str, object]) -> Iterator[tuple[str, str]]:
        """The page in its order: the name of a slot, or "" and a text. What a template prints is named ``*``."""
        slots = list(self.slots)
        printed = pieces_of(self.residual.pieces(names), self._runs) if self._runs else []
        for part in self._pieces:
            if isinstance(part, str):
                if part:
                    yield "", part
            elif part < len(slots):
                yield slots[part], ""
            else:
                # The template's own words come apart from what is put between them.
                yield from (("" if text in self._words else "*", text) for text in printed[part - len(slots)])

    @cached_property
    def _words(self) -> frozenset[str]:
        """The template's own words among what is left of it."""
        return frozenset(text.data for part in self._left for text in part.find_all(nodes.TemplateData))

    def join(self, slots: Sequence[str], names: Mapping[str, object]) -> Printed:
        """The page whose slots have these values, as they stand in HTML, in the order of ``slots``.

        ``names`` are the values for its template. Raises UnusualPage where one of them cannot stand in a layout.
        """
        texts = [*slots, *texts_of(self.residual.pieces(names), self._runs)] if self._runs else slots
        in_bytes = [encoded(text) for text in texts]
        body, tags = self._body.copy(), self._tags.copy()
        body[1::2] = self._in_body(in_bytes)
        tags[1::2] = self._in_tags(texts)
        asking = self._asking
        is_silent = asking is not None and all(is_silent_part(body[number]) for number in asking)
        return Printed(b"".join(body), own_links("".join(tags)), is_silent)


class _Joint:
    """A text that pages share but for what is open in it: shared and open pieces, of which each second one is open."""

    def __init__(self) -> None:
        self.texts = [""]
        self.order: list[int] = []
        """Which value stands in each open piece."""

    def shared(self, text: str) -> None:
        self.texts[-1] += text

    def open(self, number: int) -> None:
        self.order.append(number)
        self.texts += ["", ""]

    @property
    def pieces(self) -> list[str | int]:
        """The shared pieces, and between them the numbers of values."""
        opened = iter(self.order)
        return [next(opened) if number % 2 else text for number, text in enumerate(self.texts)]


def _getter(order: Sequence[int]) -> Callable[[Sequence[T]], Sequence[T]]:
    """What takes of a list its items in this ``order``."""
    if len(order) > 1:
        return itemgetter(*order)
    return lambda items: [items[number] for number in order]


def _grouped(parts: Sequence[Part], slots: Mapping[str, Slot]) -> Iterator[str | nodes.Name | list[nodes.Stmt]]:
    """The parts with what needs a template together, and shared text joined."""
    text = ""
    run: list[nodes.Stmt] = []
    for part in parts:
        slot = _slot(part, slots)
        if run and (slot or isinstance(part, str)):
            yield run
            run = []
        if isinstance(part, str):
            text += part
            continue
        if text:
            yield text
            text = ""
        if slot:
            yield slot
        else:
            run.append(part)
    if run:
        yield run
    if text:
        yield text


def _slot(part: Part, slots: Mapping[str, Slot]) -> nodes.Name | None:
    if isinstance(part, nodes.Output) and len(part.nodes) == 1:
        (value,) = part.nodes
        if isinstance(value, nodes.Name) and value.name in slots:
            return value
    return None
