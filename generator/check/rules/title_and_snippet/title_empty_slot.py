"""A part of the title is empty: “| Brand”, “A | | B”, “in , Texas”.

A bare separator shows every searcher that a value was missing when the title was made. It heads the search result
and names the browser's tab. Leave the separator out with the part that it separates, or fill in the value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import quoted
from generator.check.rule import BUILD, rule
from generator.errors import Finding

# A word of separators alone; "C++" or "10:30" hold such marks and are none.
_SEPARATOR = re.compile(r"[|·•»:/—–-]+")
_EDGE = re.compile(r"^[|·,;]|[|·,:;]$")
_HOLE = re.compile(r"\s,|,\s*,|\(\s*\)|\[\s*\]|“\s*”|«\s*»")
# No Spanish phrase ends with one of these; "DE" and "AL" are states. English ones do: "Log in", "What to look for".
_SPANISH_END = re.compile(r"\b(?:en|de|del|al)$")

_HINTS = (*(f"\n{sign}" for sign in "|·,;:(–—-"), *(f"{sign}\n" for sign in "|·,;:(–—-"), " ,")

_TITLE = "<title>.*?</title>"
GOOD = (
    Edit(_TITLE, "<title>Waco, TX: Log in | C++ – 24/7 care – Q&amp;A (2 to 3 p.m.)</title>"),
    Edit(_TITLE, "<title>Home || What to Look For - Kaly</title>"),
    Edit(_TITLE, "<title>Sciatica : l’injection · «Wer hilft?» — Kaly</title>"),
    Edit('<html lang="en-US"(.*?)<title>.*?</title>', '<html lang="es-US"><title>Ciática en Athens, AL | Kaly</title>'),
    Edit(_TITLE, "<title> </title>"),
)
BAD = (
    Edit(_TITLE, "<title> | Kaly</title>"),
    Edit(_TITLE, "<title>Injections in Waco |</title>"),
    Edit(_TITLE, "<title>Injections |  | Kaly</title>"),
    Edit(_TITLE, "<title>Injections - – Kaly</title>"),
    Edit(_TITLE, "<title>Injections in , Texas</title>"),
    Edit(_TITLE, "<title>Injections in Waco, , TX</title>"),
    Edit(_TITLE, "<title>Injections in Waco ()</title>"),
    Edit(_TITLE, "<title>Injections in Waco:</title>"),
    Edit('<html lang="en-US"(.*?)<title>.*?</title>', '<html lang="es-US"><title>Inyecciones en | Kaly</title>'),
)


@rule(
    severity="error",
    evidence=BUILD,
    scope=Document,
    hints=_HINTS,
)
def title_empty_slot(document: Document) -> Iterator[Finding]:
    title = document.title
    if title and _has_hole(title, document.language):
        yield Finding(
            document.path, f"a part of the title is empty: {quoted(title)}", "Fill it in, or leave it out whole."
        )


def _has_hole(title: str, language: str) -> bool:
    parts: list[list[str]] = [[]]
    for word in title.split():
        if _SEPARATOR.fullmatch(word):
            parts.append([])
        else:
            parts[-1].append(word)
    if not all(parts) or _EDGE.search(title) or _HOLE.search(title):
        return True
    return language.lower().startswith("es") and any(_SPANISH_END.search(" ".join(part)) for part in parts)
