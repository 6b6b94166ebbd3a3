"""A specialised template as the pieces from which a page is joined: shared bytes, slots, and what a template prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal

from jinja2 import nodes

from generator.render.links import only_tags, own_links
from generator.render.partial.values import Part
from generator.render.printed import Printed, encoded
from generator.render.specialize import Residual, Specializer, end_of_text, escaped, texts_of

Slot = Literal["text", "html", "data"]
"""What a value is: text, which is escaped; HTML; or a part of structured data, which is neither."""


class Layout:
    """What pages are joined from; ``parts`` are what is left of the template ``name``.

    ``slots`` are the names of values that need no template where they are printed as they are, and what they are.
    """

    def __init__(self, name: str, specializer: Specializer, parts: Sequence[Part], slots: Mapping[str, Slot]) -> None:
        self._body: list[bytes] = []
        self._tags: list[str] = []
        self._body_slots: list[tuple[int, str]] = []
        self._tag_slots: list[tuple[int, str]] = []
        self._runs: list[tuple[int, int]] = []
        runs: list[Part] = []
        # Outside of a tag no text matters to links, since it has no tag of its own.
        is_in_tag = False
        for part in _grouped(parts, slots):
            if isinstance(part, list):
                self._runs.append((len(self._body), len(self._tags)))
                runs += [*part, end_of_text()]
                is_in_tag = True
            elif isinstance(part, nodes.Name):
                self._body_slots.append((len(self._body), part.name))
                is_in_tag = is_in_tag or slots[part.name] == "html"
                if is_in_tag:
                    self._tag_slots.append((len(self._tags), part.name))
                    self._tags.append("")
            elif "<" in part or ">" in part:
                is_in_tag = part.rfind("<") > part.rfind(">")
            self._body.append(encoded(part) if isinstance(part, str) else b"")
            if not isinstance(part, nodes.Name):
                self._tags.append(only_tags(part) if isinstance(part, str) else "")
        self._left = [part for part in runs if isinstance(part, nodes.Node)]
        self.residual: Residual = specializer.residual(name, runs)
        self.shared = sum(len(part) for part in parts if isinstance(part, str))
        self.slots = {name: slots[name] for _, name in self._body_slots}

    def pieces(self, names: Mapping[str, object]) -> Iterator[tuple[str, str]]:
        """The page in its order: the name of a slot, or "" and a text. What a template prints is named ``*``."""
        slots = dict(self._body_slots)
        runs = [position for position, _ in self._runs]
        printed = iter(texts_of(self.residual.pieces(names))) if runs else iter(())
        for position, part in enumerate(self._body):
            if position in slots:
                yield slots[position], ""
            elif position in runs:
                # The template's own words come apart from what is put between them.
                yield from (("" if text in self._words else "*", text) for text in next(printed))
            else:
                yield "", part.decode("utf-8", "surrogatepass")

    @cached_property
    def _words(self) -> frozenset[str]:
        """The template's own words among what is left of it."""
        return frozenset(text.data for part in self._left for text in part.find_all(nodes.TemplateData))

    def join(self, slots: Mapping[str, str], names: Mapping[str, object]) -> Printed:
        """The page on which the slots have these values, and for whose template ``names`` are the others."""
        texts = {name: escaped(slots[name]) if kind == "text" else slots[name] for name, kind in self.slots.items()}
        in_bytes = {name: encoded(text) for name, text in texts.items()}
        body, tags = self._body.copy(), self._tags.copy()
        for position, name in self._body_slots:
            body[position] = in_bytes[name]
        for position, name in self._tag_slots:
            tags[position] = texts[name]
        if self._runs:
            printed = texts_of(self.residual.pieces(names))
            for (position, tag_position), run in zip(self._runs, printed, strict=True):
                text = "".join(run)
                body[position] = encoded(text)
                tags[tag_position] = text
        return Printed(b"".join(body), own_links("".join(tags)))


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
