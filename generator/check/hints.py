"""Search for values on account of which a page is looked at, though one like it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence


def rows_with_hints(texts: Sequence[str], hints: Iterable[str]) -> Iterator[int]:
    """The numbers of those of ``texts``, values of pages, in which one of ``hints`` stands, or no letter and no digit.

    A "\n" in a hint stands for the edge of a value.
    """
    # Mostly there is nothing to find: one look at all of them for each.
    joined = "\n".join(["", *texts, ""])
    hints = tuple([hint for hint in hints if hint in joined])
    for row, text in enumerate(texts):
        if not text[:1].isalnum() and not any(map(str.isalnum, text)):
            yield row
        elif hints:
            edged = f"\n{text}\n"
            if any(hint in edged for hint in hints):
                yield row
