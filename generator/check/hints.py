"""Search for values that make a page worth a check of its own, besides that of its variant."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache


def rows_with_hints(texts: Sequence[str], hints: Collection[str]) -> Iterator[int]:
    """The numbers of those of ``texts``, values of pages, in which one of ``hints`` stands, or no letter and no digit.

    A "\n" in a hint stands for the edge of a value.
    """
    distinct = dict.fromkeys(texts)
    # Mostly there is nothing to find: one search of all texts for each hint, and for most not even that.
    joined = "\n".join(["", *distinct, ""])
    signs = {*joined}
    hints = tuple([hint for hint in hints if _signs(hint) <= signs and hint in joined])
    unusual = {text for text in distinct if _is_unusual(text, hints)}
    if unusual:
        yield from (row for row, text in enumerate(texts) if text in unusual)


def _is_unusual(text: str, hints: Collection[str]) -> bool:
    if not text[:1].isalnum() and not any(map(str.isalnum, text)):
        return True
    edged = f"\n{text}\n"
    return any(hint in edged for hint in hints)


@cache
def _signs(hint: str) -> frozenset[str]:
    return frozenset(hint)
