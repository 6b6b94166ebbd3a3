"""A space stands where none belongs, or is missing where one does.

“Clinics in , TX” and “clinics inAustin” show that a sentence was put together by a machine, and that nobody read it.
Mostly a slot was empty, or the space beside it was lost: look at the template, or at the cell, where the value comes
from. Only English and Spanish passages are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import BUILD, rule
from generator.errors import Finding

# Each begins with the rare characters that it is about, not with what stands before them: that is ten times as fast.
_TOO_MANY = re.compile(
    r"[,;:!?.()¿¡](?:"
    # “3 : 1” is a ratio, and the points of “so . . . on” may stand apart.
    r"(?<=[^\W_] [,;:!?.])(?= [^.…\d]| ?$)"
    r"|(?<=[^\W\d_] \))"
    r"|(?<=\() (?=[^\W\d_])|(?<=[¿¡]) (?=\w)"
    r")",
    re.MULTILINE,
)
_TOUCHING = re.compile(r"[.?!,;](?=[^\W\d_]{2})(?<=[^\W\d_]{2}.)")
_TWO_WORDS = re.compile(
    r"[“\"'(¿¡]*(?:"
    r"[^\W\d_]*[a-záéíóúñ]{2}[.?!](?!(?:Com|Org|Net|Gov|Edu|Info|Js|Io|Ai)\b)[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+"
    r"|[^\W\d_]*[a-záéíóúñ]{2};[^\W\d_]{2,}|[^\W\d_]{2,},[^\W\d_]{2,}"
    r")[”\"')?!.,;:]*"
)
_GLUED = re.compile(r"[A-ZÁÉÍÓÚÑ](?<=[a-z].)[a-záéíóúñ]{2,}")
_FAR = 60
"""Characters to either side of a mark that are looked at: words are shorter."""

_BEFORE_A_PLACE = frozenset("in near around from for and en de cerca para".split())
_FIX = "Mend the sentence, or the template that puts it together."
GOOD = (
    Edit(
        "<p>With a needle.</p>",
        "<p>In the U.S., e.g. in St. Louis, 3.5 mg of .NET; 1,000 at 5 p.m. Ask A.T. Still!</p>",
    ),
    Edit(
        "<p>With a needle.</p>",
        "<p>It lasts . . . some time ... a ratio of 3 : 1, by node.js or Booking.com, .5 mg :)</p>",
    ),
    Edit(
        "<p>With a needle.</p>",
        "<p>Call the deKalb office of inMotion, <code>f(a,b)</code> or name@example.com.</p>",
    ),
    Edit(
        "<p>With a needle.</p>",
        "<p><b>Note.</b><span>A badge beside it.</span> trans,trans-farnesol, N,N-dimethyl</p>",
    ),
    Edit("<p>With a needle.</p>", '<p lang="fr">Avec une aiguille : pourquoi ?</p>'),
)
BAD = (
    Edit("<p>With a needle.</p>", "<p>Clinics in , TX.</p>"),
    Edit("<p>With a needle.</p>", "<p>Clinics in <b></b>.</p>"),
    Edit("<p>With a needle.</p>", "<p>Clinics inWaco.</p>"),
    Edit("<p>With a needle.</p>", "<p>With a needle.It is thin.</p>"),
    Edit("<p>With a needle.</p>", "<p>In Waco,Texas.</p>"),
    Edit("<p>With a needle.</p>", "<p>Temple ( near Waco) is nearer.</p>"),
    Edit("<p>With a needle.</p>", "<p lang='es'>¿ Duele mucho?</p>"),
    Edit('(<meta name="description" content=")[^"]*', '<meta name="description" content="Clinics in , TX.'),
)


@rule(severity="warning", evidence=BUILD, scope=Document)
def spacing(document: Document) -> Iterator[Finding]:
    many, touching, glued = (
        document.written({"en": pattern, "es": pattern}) for pattern in (_TOO_MANY, _TOUCHING, _GLUED)
    )
    found = [(passage, match, "a space too many") for passage, match in many]
    found += [(passage, match, "no space") for passage, match in touching if _are_words(match, document)]
    found += [(passage, match, "no space") for passage, match in glued if _is_slot(match, document)]
    if found:
        passage, match, what = found[0]
        around = passage.around(*match.span(), 20)
        yield Finding(
            document.path, f"there is {what} {passage.where}: {quoted(around)}{as_in_others(len(found))}", _FIX
        )


def _are_words(match: re.Match[str], document: Document) -> bool:
    """Whether the mark joins two words, in one piece of text: two elements may stand side by side without touching."""
    token = _token(match)
    return bool(_TWO_WORDS.fullmatch(token)) and token in document.html


def _is_slot(match: re.Match[str], document: Document) -> bool:
    """Whether a name that stands elsewhere on the page is glued to a preposition."""
    start = match.start()
    before = match.string[max(0, start - _FAR) : start]
    return re.split(r"\W", before)[-1] in _BEFORE_A_PLACE and bool(re.search(rf"\b{match[0]}\b", document.visible_text))


def _token(match: re.Match[str]) -> str:
    start = match.start()
    before, after = match.string[max(0, start - _FAR) : start], match.string[start : start + _FAR]
    return before.split()[-1] + after.split(maxsplit=1)[0]
