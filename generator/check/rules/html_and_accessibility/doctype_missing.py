"""A page does not begin with `<!doctype html>`.

Without it browsers lay the page out as they did in the 1990s: boxes get other sizes and some styles do nothing. The
HTML standard asks for it on every page, before anything but comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.rule import documented, rule
from generator.errors import Finding

_DOCTYPE = re.compile(r"(?>\s+|<!--.*?-->|<\?[^>]*>)*+<!doctype\s+html\b", re.IGNORECASE | re.DOTALL)
GOOD = (
    Edit("<!doctype html>", "<!DOCTYPE HTML>"),
    Edit("<!doctype html>", "\n<!-- one --><!-- two -->\n<!doctype html>"),
    Edit("<!doctype html>", '<!DOCTYPE html SYSTEM "about:legacy-compat">'),
    Edit("<!doctype html>", '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>'),
    Edit("<!doctype html>", "\ufeff<!doctype html>"),
)
BAD = (
    Edit("<!doctype html>", ""),
    Edit("<!doctype html>", "<!-- <!doctype html> -->"),
    Edit("<!doctype html>", "Hello <!doctype html>"),
    Edit("<!doctype html>", "<!doctype>"),
)


@rule(
    severity="error",
    evidence=documented("https://html.spec.whatwg.org/multipage/syntax.html#the-doctype", "2026-11-22"),
    scope=Document,
    hints=(),
)
def doctype_missing(document: Document) -> Iterator[Finding]:
    if not _DOCTYPE.match(document.html):
        yield Finding(document.path, "it does not begin with <!doctype html>", "Write that at its very beginning.")
