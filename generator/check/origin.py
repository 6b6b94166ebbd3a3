"""Origin at which a tree is published, taken from its own pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from generator.check.addresses import aim_of
from generator.check.document import read_document
from generator.check.published import Published

_ASKED = 25
"""Pages that are asked, spread over the tree: enough that some foreign address does not decide."""


def find_origin(published: Published, paths: Sequence[str]) -> str:
    """The scheme and host of most canonical addresses, ``https://www.example.com``; empty when there are none."""
    step = max(1, len(paths) // _ASKED)
    documents = (read_document(published, path) for path in paths[::step])
    said = (address for document in documents if document for address in document.canonicals)
    origins = Counter(aim.origin for address in said if (aim := aim_of(address, "")))
    # Of equally frequent ones the first in order, so that every run names the same.
    return min(origins, key=lambda origin: (-origins[origin], origin), default="")
