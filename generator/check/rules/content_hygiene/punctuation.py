"""Marks of punctuation stand doubled, enclose nothing, or open what nothing closes.

“Clinics in Waco, .” and “Waco ()” are what is left of a sentence when a value is missing, and an open bracket is what
is left when a text was cut. Readers stumble over it and trust the page less. Only English and Spanish passages are
read, and a bracket counts only where the whole page has more of one kind than of the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.prose import Passage
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import BUILD, rule
from generator.errors import Finding

_LANGUAGES = ("en", "es")
_DOUBLED = re.compile(
    # It begins with the rare characters that it is about: that is ten times as fast.
    r"[,;:.(](?:"
    r"(?<=[,;])\s?(?:[,;)]|\.(?=\s|$))"
    r"|(?<=\w:)\s?[,;.](?=\s|$)"
    r"|(?<=\w\.)(?:\.|\s\.(?!\s?\.))(?=\s|$|[”\"])"
    r"|(?<=[a-z] \()\)(?=\s|$|[.,])"
    r"|(?<=\()\s?[,;]"
    r")",
    re.MULTILINE,
)
_NUMBERED = re.compile(r"(?:^|(?<=\s))(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})\)|[:;=8]['’-]?[()\[\]]")
_ANSWER = re.compile(r"[?!]")
_FIX = "Mend the sentence, or the template that puts it together."
GOOD = (
    Edit(
        "<p>With a needle.</p>",
        "<p>1) With a needle, a) thin or (b) thick; at Acme Inc., etc., 5 p.m. … or ... so . . . on :)</p>",
    ),
    Edit("<p>With a needle.</p>", "<p>(With a needle:</p><ul><li>thin;</li><li>or thick.</li></ul><p>Then rest.)</p>"),
    Edit(
        "<p>With a needle.</p>",
        "<p>Really?! Say “¡Hola!”, in [0, 1). Run <code>f(</code> on ../a, call main() or addCall () on 1..10.</p>",
    ),
    Edit("<p>With a needle.</p>", "<p lang='es'>¡Qué dolor!, dijo. ¿Y ahora qué…</p>"),
)
BAD = (
    Edit("<p>With a needle.</p>", "<p>Clinics in Waco,, Texas.</p>"),
    Edit("<p>With a needle.</p>", "<p>Clinics in Waco, .</p>"),
    Edit("<p>With a needle.</p>", "<p>With a needle..</p>"),
    Edit("<p>With a needle.</p>", "<p>A clinic in Waco (, Texas).</p>"),
    Edit("<p>With a needle.</p>", "<p>A clinic in Waco ().</p>"),
    Edit("<p>With a needle.</p>", "<p>A clinic in Waco (Texas.</p>"),
    Edit("<p>With a needle.</p>", "<p>A clinic in Waco, Texas).</p>"),
    Edit("<p>With a needle.</p>", "<p lang='es'>¿Duele mucho.</p>"),
)


@rule(severity="warning", evidence=BUILD, scope=Document)
def punctuation(document: Document) -> Iterator[Finding]:
    found = [
        f"{quoted(match[0])} stands {passage.where}: {quoted(passage.around(*match.span(), 25))}"
        for passage, match in document.written(dict.fromkeys(_LANGUAGES, _DOUBLED))
        if match[0] != "()" or _is_slot(match)
    ]
    if sum(_balance(document.prose.get(language, "")) for language in _LANGUAGES):
        found += _unbalanced([passage for passage in document.passages if passage.language in _LANGUAGES])
    if "¿" in document.prose.get("es", "") or "¡" in document.prose.get("es", ""):
        found += _unanswered([passage for passage in document.passages if passage.language == "es"])
    if found:
        yield Finding(document.path, f"{found[0]}{as_in_others(len(found))}", _FIX)


def _is_slot(match: re.Match[str]) -> bool:
    """Whether a plain word stands before the empty brackets, not the name of a function."""
    start = match.start()
    before = match.string[max(0, start - 40) : start].split()[-1]
    return before.islower() or before.istitle()


def _unbalanced(passages: list[Passage]) -> Iterator[str]:
    excess = [(count, passage) for passage in passages if (count := _excess(passage.text))]
    total = sum(count for count, _ in excess)
    for count, passage in excess:
        if count * total > 0:
            what = "a bracket that nothing closes" if count > 0 else "a bracket that nothing opens"
            yield f"{what} stands {passage.where}: {quoted(passage.text)}"


def _excess(text: str) -> int:
    """How many more brackets open than close; none where a text is cut on purpose."""
    if not _balance(text) or "…" in text or "..." in text:
        return 0
    return _balance(_NUMBERED.sub("", text))


def _balance(text: str) -> int:
    return text.count("(") + text.count("[") - text.count(")") - text.count("]")


def _unanswered(passages: list[Passage]) -> Iterator[str]:
    for passage in passages:
        text = passage.text
        opened = max(text.rfind("¿"), text.rfind("¡"))
        if opened < 0 or "…" in text or "..." in text:
            continue
        if text.endswith((".", ",", ";")) and not _ANSWER.search(text, opened):
            around = passage.around(opened, opened, 40)
            yield f"“{text[opened]}”, which nothing closes, stands {passage.where}: {quoted(around)}"
