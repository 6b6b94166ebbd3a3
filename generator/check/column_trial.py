"""What pages make of a column of a table, as rules read it."""

from __future__ import annotations

from msgspec import Struct


class ColumnTrial(Struct, frozen=True):
    """Pages were made anew with other values of a column that their texts or templates read.

    ``where`` names the column. It has ``values`` different ones among the places or regions that get pages; ``pages``
    is how many pages were tried, each with several of them. ``is_shown`` says whether one of these changed.
    """

    where: str
    name: str
    values: int
    pages: int
    is_shown: bool
