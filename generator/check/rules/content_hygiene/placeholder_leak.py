"""A word shows that a value was missing, or that a template was not filled in.

“Clinics in None” or a bare `{{ city }}` tells every reader that nobody looked at the page. Such words come from an
empty cell, a misspelt name or a note to oneself; the page must not be published with them. Words that also have a
meaning are found only where they have none: “None” in the place of a name, but not as an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import BUILD, rule
from generator.check.wording import SLOTS
from generator.errors import Finding

_KNOWN = frozenset({"description", "theme-color", "viewport", "robots"})
"""What stands among the passages, too, or is no text."""

_HINTS = (
    "{",
    "%",
    "[",
    "__",
    "TODO",
    "FIXME",
    "orem ipsum",
    "undefined",
    "NaN",
    " nan",
    "\nnan",
    "None",
    "null",
    "N/A",
    "#R",
    "#D",
    "#V",
)
"""Every leak holds one of them: it takes a tenth of the time to look for these first."""

_MARK = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\{\{|\{%|<%|\$\{\w+(?:\.\w+)*\}"  # a template's own marks
    rf"|\{{(?:{SLOTS})(?:[._]\w+)*\}}|%(?<![\w%]%)(?:s\b|d\b|\(\w+\)[sd])(?!['’])"
    rf"|\[(?:(?i:{SLOTS})|NAME|INSERT\b[^\]]*|YOUR\b[^\]]*)\]|__(?i:{SLOTS})__"
    r"|FIXME\b|\[object Object\]|[Ll]orem ipsum (?=dolor)"
)
_NOTE = re.compile(r"TODO(?:\([^)]*\))?:|TODO$|^TODO\b")
_ALL_IS_TODO = frozenset({"es", "pt", "gl", "it"})
"""Languages in which “todo” is a word."""

_WORD = re.compile(r"undefined|null|NaN|nan|None|N/A|#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?)")
_ANSWERS = frozenset({"None", "N/A"})
_SLOT_BEFORE = re.compile(r"(?i:\b(?:in|near|around|serving|outside|en|de|cerca de))\s$")
_STATE_AFTER = re.compile(r",\s[A-Z]{2}\b")
_UNIT_AFTER = re.compile(r"\s?(?:%|mi\b|km\b|miles|millas|reviews|ratings|stars|results|years|days|ciudades|cities)")
_FAR = 40
"""Characters to either side of a word that are looked at."""

_JOINED = ("-", "_", "#", "’", "'")
_CURRENCIES = ("$", "€", "£")
_WORDS_ALSO = (
    "<p>None of these last. None is needed; the care is second to None. Nana’s 100% safe, 10 %-20 %, 5% down. Ask Nan "
    "in Nulltown, Mr Null, my nan and NaNO3. Reject the null hypothesis of undefined behavior, null and void. {a} "
    "[1] #1 super bowl XXX, 555-XXX.</p>"
)
GOOD = (
    Edit("<p>With a needle.</p>", _WORDS_ALSO),
    Edit("<p>With a needle.</p>", "<table><tr><td>N/A</td><td>None</td></tr></table><p>Side effects: None.</p>"),
    Edit("<p>With a needle.</p>", "<script>let x = null; // undefined</script><code>{{ x }}</code>"),
    Edit("<p>With a needle.</p>", '<h3 lang="es">TODO LO QUE DEBE SABER</h3><p lang="es">Eso es TODO: nada más.</p>'),
)
BAD = (
    Edit("<p>With a needle.</p>", "<p>Clinics in None.</p>"),
    Edit("<p>With a needle.</p>", "<p>Clinics in {{ place.name }}.</p>"),
    Edit("<p>With a needle.</p>", "<p>Clinics in {city}.</p>"),
    Edit("<p>With a needle.</p>", "<p>Clinics in ${place.name}.</p>"),
    Edit("<p>With a needle.</p>", "<p>About %s people.</p>"),
    Edit("<p>With a needle.</p>", "<p>Board: null.</p>"),
    Edit("<p>With a needle.</p>", "<p>A clinic in undefined, TX</p>"),
    Edit("<p>With a needle.</p>", "<p>NaN mi away</p>"),
    Edit("<p>With a needle.</p>", "<table><tr><td>#REF!</td></tr></table>"),
    Edit("<p>With a needle.</p>", "<p>TODO: with what?</p>"),
    Edit("<p>With a needle.</p>", "<p>Lorem ipsum dolor sit amet.</p>"),
    Edit("<p>With a needle.</p>", '<p><img src="/a.png" alt="A street in nan" width="1" height="1"></p>'),
    Edit('(<meta name="description" content=")[^"]*', '<meta name="description" content="Clinics in [CITY]'),
    Edit('(<meta property="og:title" content=")[^"]*', '<meta property="og:title" content="Clinics in None'),
)


@rule(
    severity="stop",
    evidence=BUILD,
    scope=Document,
    hints=_HINTS,
)
def placeholder_leak(document: Document) -> Iterator[Finding]:
    others = [(name, "", text) for name, text in document.attribute_texts if name not in _KNOWN]
    written = "\n".join([document.writing, *(text for _, _, text in others)])
    if not any(hint in written for hint in _HINTS):
        return
    texts = [*((passage.part, passage.language, passage.text) for passage in document.passages), *others]
    found: dict[str, list[str]] = {}
    for name, language, text in texts:
        match = _leak(text, language)
        if match:
            where = f"in its {name}" if name else "in its text"
            around = text[max(0, match.start() - 30) : match.end() + 30]
            found.setdefault(match[0], []).append(f"{quoted(match[0])} stands {where}: {quoted(around)}")
    for places in found.values():
        what = f"{places[0]}{as_in_others(len(places))}"
        yield Finding(document.path, what, "Fill in the value, or leave the sentence out.")


def _leak(text: str, language: str) -> re.Match[str] | None:
    match = _MARK.search(text) or (None if language in _ALL_IS_TODO else _NOTE.search(text))
    return match or next((word for word in _WORD.finditer(text) if _means_nothing(word)), None)


def _means_nothing(match: re.Match[str]) -> bool:
    """Whether the word stands where a value should."""
    word, (start, end) = match[0], match.span()
    before, after = match.string[max(0, start - _FAR) : start], match.string[end : end + _FAR]
    if (
        before[-1:].isalnum()
        or before[-1:] in {"-", "_", "#"}
        or after[:1].isalnum()
        or after[:1] in {"-", "_", "’", "'"}
    ):
        return False
    ends = not after.strip() or after[0] in ".,;:!?)|"
    is_alone = not before.strip() and not after.strip()
    if is_alone or (before.endswith(": ") and ends):
        return word not in _ANSWERS
    if _SLOT_BEFORE.search(before):
        return ends or (word == "None" and not after.startswith(" of "))
    if word == "NaN" and (_UNIT_AFTER.match(after) or before.endswith(_CURRENCIES)):
        return True
    return bool(_STATE_AFTER.match(after))
