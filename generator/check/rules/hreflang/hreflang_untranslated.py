"""A page says the same, word for word, as the page of which it is a translation.

Somebody who asked for Spanish gets an English text, and search engines see the same page twice. Translate the text,
or publish the page in one language only. Pages of fewer than 20 words are passed over: names alone may well be the
same in two languages (the figure is ours).
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.facts import Facts
from generator.check.languages import X_DEFAULT, primary
from generator.check.quoting import quoted
from generator.check.rule import BUILD, rule
from generator.errors import Finding

_SAME = """
    SELECT DISTINCT documents.path, documents.language, code, target,
        (SELECT target FROM alternates AS usual WHERE usual.path = documents.path AND lower(usual.code) = ?)
    FROM documents JOIN alternates USING (path) LEFT JOIN documents AS other ON other.path = target
    WHERE target = documents.path OR other.words = documents.words AND other.words != x''
    ORDER BY documents.path, code
"""
_MAIN = "<main.*</main>"
_SELF = "https://www.example.com/en-us/sciatica/texas/waco/"
_SPANISH = "https://www.example.com/es-us/ciatica/texas/waco/"
GOOD = (
    Edit('(?<=hreflang=")es-US(?=" href)', "en-GB"),
    Edit(_MAIN, "<main>Kaly</main>", "/es-us/"),
    Edit('(?<=hreflang="es-US" href=")[^"]*', "https://es.example.org/waco/"),
)
BAD = (Edit(f'(?<=hreflang="es-US" href="){_SPANISH}', _SELF),)


@rule(severity="error", evidence=BUILD, scope=Facts)
def hreflang_untranslated(facts: Facts) -> Iterator[Finding]:
    for path, own, code, target, default in facts.query(_SAME, X_DEFAULT):
        if code.lower() == X_DEFAULT or not own or primary(code) == primary(own):
            continue
        if target == path:
            what = f"the page is in {own} and is named as its own version for {quoted(code)}"
        # One of the two pages is complained about: the one that is not the default, else the later one.
        elif path != default and (target == default or path > target):
            what = f"the page has the same text as {target}, its version for {quoted(code)}"
        else:
            continue
        yield Finding(path, what, "Translate the text, or publish it in one language only.")
