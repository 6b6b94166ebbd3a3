"""A catalogue in some Arabic words, for sites whose pages run from right to left."""

from __future__ import annotations

from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from generator.load.locales import template_messages
from tests.sites import REPOSITORY


def arabic_catalogue() -> bytes:
    """Every message of the templates in some Arabic words, its placeholders kept."""
    catalogue = Catalog(locale="ar", fuzzy=False)
    for message in template_messages(REPOSITORY / "templates"):
        if not message.id:
            continue
        identifier = message.id
        single = identifier if isinstance(identifier, str) else identifier[-1]
        words = " ".join(["كلمات", *(word.strip(".,:()") for word in single.split() if word.startswith(("%(", "(%(")))])
        catalogue.add(identifier, words if isinstance(identifier, str) else (words,) * 6, context=message.context)
    buffer = BytesIO()
    write_po(buffer, catalogue)
    return buffer.getvalue()
