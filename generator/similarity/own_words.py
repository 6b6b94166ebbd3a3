"""Words of each page of a place that other pages of its topic and locale do not print, or few of them."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from generator.similarity.signatures import FOLLOWED, UNKNOWN, WHOLE, Signatures

NOBODYS_OWN = 0.3
"""Share of the pages from which a text that they print is no page's own; our choice, not a search engine's."""

Words = NDArray[np.int32]


def count_own_words(pages: Signatures, left_out: Collection[int]) -> Words:
    """The own words of each of ``pages``, which are those of one topic and locale.

    A piece that no other page prints counts with all its words, and with the fewer the more pages print it, to none
    where ``NOBODYS_OWN`` of all do. Pages of the places ``left_out`` are counted, but nothing is less another page's
    own for standing there. UNKNOWN where the text of a page fails.
    """
    known = pages.known
    page = np.repeat(np.arange(len(known)), pages.piece_counts)
    _, piece = np.unique(pages.pieces, return_inverse=True)
    counts = ~np.isin(pages.places, list(left_out)) & (known != 0)
    others = np.bincount(piece, weights=counts[page])[piece] - counts[page]
    # A piece of a traced page can only be met on traced pages, a sentence of a whole text wherever those are known.
    is_followed = (known & FOLLOWED) != 0
    siblings = np.where(is_followed, (counts & is_followed).sum(), (counts & ((known & WHOLE) != 0)).sum()) - counts
    most = np.maximum(NOBODYS_OWN * (siblings + 1) - 1, 1e-9)[page]
    weights = np.clip(1 - others / most, 0, 1)
    total = np.bincount(page, weights=weights * pages.piece_words, minlength=len(known))
    return np.where(known == 0, UNKNOWN, np.rint(total)).astype(np.int32)
