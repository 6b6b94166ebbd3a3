"""The pages of one variant, and what is asked of them; worked out when it is, for many kept variants are not."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cached_property

from generator.render.layout import Layout, make_layout
from generator.render.robots_tag import asks_to_be_left_out, never_asks
from generator.render.traced_links import Links
from generator.tracing.expressions import Expressions
from generator.tracing.variants import Segments


class TracedPage:
    """The pages made of ``body``; ``texts`` are the expressions of title, description, h1 and canonical address.

    ``known`` are the variants of items of lists on pages that an earlier build compared with plain Jinja; None if none
    did.
    """

    def __init__(
        self,
        expressions: Expressions,
        texts: tuple[int, int, int, int],
        body: Segments,
        known: frozenset[Hashable] | None = None,
    ) -> None:
        self._expressions = expressions
        self._texts = texts
        self.body = body
        self.known = known

    @cached_property
    def links(self) -> Links:
        """Their links and pictures."""
        return Links(self._expressions, self.body.parts)

    @cached_property
    def layout(self) -> Layout:
        """Positions of texts and values on them."""
        return make_layout(self._expressions, self._texts, self.links, self.body.parts)

    @cached_property
    def asks(self) -> bool | None:
        """Whether they ask search engines to leave them out; None where each must be looked at."""
        parts: list[bytes | bool] = []
        for at, constant in enumerate(self.body.constants):
            parts.append(constant)
            if at < len(self.body.slots):
                # Escaped text has no angle bracket and no quotation mark.
                parts.append(self._expressions.rows[self.body.slots[at]][0] == "letters")
        if never_asks(parts):
            return False
        head, _, rest = b"\0".join(self.body.constants).partition(b"<body")
        return None if b"\0" in head or not rest else asks_to_be_left_out(head + b"<body")
