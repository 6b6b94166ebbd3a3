"""A number is written in the manner of another country.

“1.234.567” on a page for the United States, or “1,234,567” on one for Spain, can be read as another number. Let the
program that fills the slot format it for the page’s language and country; the Unicode CLDR knows how each writes
numbers. Found are only numbers that cannot be meant otherwise, on pages whose language names its country.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from babel import Locale, UnknownLocaleError

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.languages import primary
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import HEURISTIC, rule
from generator.errors import Finding

_STANDS_ALONE = r"(?<![\w.,:/@$€£-])[$€£]?{}(?![\w/@-]|[.,:]\d)"
_WITH_POINTS = re.compile(_STANDS_ALONE.format(r"[1-9]\d{0,2}(?:(?:\.\d{3}){2,}(?:,\d+)?|(?:\.\d{3})+,\d{1,2})"))
_WITH_COMMAS = re.compile(_STANDS_ALONE.format(r"[1-9]\d{0,2}(?:(?:,\d{3}){2,}(?:\.\d+)?|(?:,\d{3})+\.\d{1,2})"))
_FOREIGN = {",": _WITH_POINTS, ".": _WITH_COMMAS}
"""What is wrong where thousands are parted by the sign."""
_HINTS = {",": re.compile(r"\.\d{3}"), ".": re.compile(r",\d{3}")}
"""What every such number holds: to look for it takes a tenth of the time."""

GOOD = (
    Edit(
        "<p>With a needle.</p>",
        "<p>1,234,567 people, 3.125 mg, 192.168.100.200, 555.123.4567, v1.100.200.3, 1.234.567/x.</p>",
    ),
    Edit("<p>With a needle.</p>", "<p>Pages 1,234 to 1.234; $1,234.50, 1.5, DOI 10.100.200-5.</p>"),
)
BAD = (
    Edit("<p>With a needle.</p>", "<p>In a region of 1.234.567 people.</p>"),
    Edit("<p>With a needle.</p>", "<p>It costs $1.234,50.</p>"),
    Edit('<html lang="en-US".*<p>With a needle.</p>', '<html lang="es-ES"><p>1,234,567 personas.</p>'),
)


@rule(severity="warning", evidence=HEURISTIC, scope=Document)
def number_locale(document: Document) -> Iterator[Finding]:
    language, sign = primary(document.language), _group_sign(document.language)
    if sign not in _FOREIGN or not _HINTS[sign].search(document.prose.get(language, "")):
        return
    numbers = document.written({language: _FOREIGN[sign]})
    found = [(passage, match) for passage, match in numbers if not _is_address(match[0])]
    if found:
        passage, match = found[0]
        around = passage.around(*match.span())
        place = f"{passage.where}, which is in {document.language}"
        what = f"{quoted(match[0])} stands {place}: {quoted(around)}{as_in_others(len(found))}"
        yield Finding(document.path, what, "Format the number for the language and the country of the page.")


def _is_address(number: str) -> bool:
    """Whether it may be one of the internet protocol, 192.168.100.200."""
    parts = number.split(".")
    return len(parts) == 4 and all(part.isdigit() and int(part) < 256 for part in parts)


@cache
def _group_sign(language: str) -> str:
    """What parts thousands; empty where nobody knows the country, without which it is uncertain."""
    try:
        locale = Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError, TypeError):
        return ""
    signs = locale.number_symbols.get("latn", {}) if locale.territory else {}
    return str(signs.get("group", ""))
