"""A page says too late, or not at all, how its letters are written down.

A browser looks for `<meta charset="utf-8">` in the first 1,024 bytes. Where it finds nothing it guesses, shows “Ã±” for
“ñ” or begins again from the top. Make it the first element of the head. A host may say the same in a header, which
cannot be seen here; the HTML standard asks for one of the two.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.rule import documented, rule
from generator.errors import Finding

_LOOKED_AT = 1_024
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_DECLARED = re.compile(rb"<meta\s[^>]*charset\s*=[^>]*>", re.IGNORECASE)
GOOD = (
    Edit('<meta charset="utf-8">', "<META  CHARSET=UTF-8 />"),
    Edit('<meta charset="utf-8">', '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'),
    Edit('<meta charset="utf-8">', f"<!-- {'-' * 900} --><meta charset='utf-8'>"),
    Edit('<!doctype html>(.*?)<meta charset="utf-8">', "\ufeff<!doctype html><html><head>"),
)
BAD = (
    Edit('<meta charset="utf-8">', ""),
    Edit('<meta charset="utf-8">', f'<!-- {"-" * 1000} --><meta charset="utf-8">'),
    Edit('<meta charset="utf-8">', '<!-- <meta charset="utf-8"> -->'),
    Edit('<meta charset="utf-8">', '<script src="/a.js" charset="utf-8"></script>'),
)


@rule(
    severity="error",
    evidence=documented("https://html.spec.whatwg.org/multipage/semantics.html#charset", "2026-11-22"),
    scope=Document,
    hints=(),
)
def charset_late(document: Document) -> Iterator[Finding]:
    if document.body.startswith((BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE)):
        return
    if not _DECLARED.search(_COMMENT.sub(b"", document.body[:_LOOKED_AT])):
        is_late = bool(document.css('meta[charset], meta[http-equiv="content-type" i]'))
        what = "its charset stands after its first 1,024 bytes" if is_late else "it does not name its charset"
        yield Finding(document.path, what, 'Make <meta charset="utf-8"> the first element of its head.')
