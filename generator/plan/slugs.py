"""Any text as one part of a URL."""

from __future__ import annotations

import re

from anyascii import anyascii

MAX_SLUG = 80
"""Characters; keeps URLs readable and far below every file system's limit of 255 bytes a name."""


def slugify(text: str) -> str:
    """The text in lower-case ASCII letters, digits and single hyphens, none of them first or last.

    At most ``MAX_SLUG`` characters, cut at a hyphen when there is one. Apostrophes vanish (``Coeur d'Alene``
    is ``coeur-dalene``). Empty only when nothing of the text can be written in letters and digits.
    """
    ascii_text = re.sub("['`]", "", anyascii(text).lower())
    slug = re.sub("[^a-z0-9]+", "-", ascii_text).strip("-")
    if len(slug) <= MAX_SLUG:
        return slug
    head, hyphen, _ = slug[: MAX_SLUG + 1].rpartition("-")
    return head if hyphen else slug[:MAX_SLUG]
