"""A page says the same, word for word, as the page of which it is a translation.

Somebody who asked for Spanish gets an English text, and search engines see the same page twice. Translate the text,
or publish the page in one language only. Pages of fewer than 20 words are passed over: names alone may well be the
same in two languages (the figure is ours).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.document import Document, read_document
from generator.check.examples import Edit
from generator.check.languages import X_DEFAULT, primary
from generator.check.quoting import quoted
from generator.check.rule import BUILD, rule
from generator.errors import Finding

_LEAST = 20
_WORD = re.compile(r"\w+")
_MAIN = "<main.*</main>"
_SELF = "https://www.example.com/en-us/sciatica/texas/waco/"
_SPANISH = "https://www.example.com/es-us/ciatica/texas/waco/"
GOOD = (
    Edit('(?<=hreflang=")es-US(?=" href)', "en-GB"),
    Edit(_MAIN, "<main>Kaly</main>", "/es-us/"),
    Edit('(?<=hreflang="es-US" href=")[^"]*', "https://es.example.org/waco/"),
)
BAD = (Edit(f'(?<=hreflang="es-US" href="){_SPANISH}', _SELF),)


@rule(severity="error", evidence=BUILD, scope=Document, reads_other_files=True)
def hreflang_untranslated(document: Document) -> Iterator[Finding]:
    own = document.language
    targets = dict(_targets(document))
    for code, target in targets.items():
        if code.lower() == X_DEFAULT or not own or primary(code) == primary(own):
            continue
        if target == document.path:
            what = f"the page is in {own} and is named as its own version for {quoted(code)}"
        elif _reports(document.path, target, targets) and _says_the_same(document, target):
            what = f"the page has the same text as {target}, its version for {quoted(code)}"
        else:
            continue
        yield Finding(document.path, what, "Translate the text, or publish it in one language only.")


def _targets(document: Document) -> Iterator[tuple[str, str]]:
    for code, href in document.alternates:
        address = document.published.local(href, document.path)
        if address is not None:
            yield code, address.path


def _reports(path: str, target: str, targets: dict[str, str]) -> bool:
    """Whether this one of the two pages is complained about: the one that is not the default, else the later one."""
    default = targets.get(X_DEFAULT)
    return path != default and (target == default or path > target)


def _says_the_same(document: Document, target: str) -> bool:
    body = document.published.read(target)
    # A page that does not hold the same heading need not be parsed.
    word = _WORD.search(document.h1)
    if body is None or (word and word[0].encode() not in body):
        return False
    other = read_document(document.published, target)
    if other is None or not document.main_text or len(document.main_text.split()) < _LEAST:
        return False
    return other.main_text == document.main_text
