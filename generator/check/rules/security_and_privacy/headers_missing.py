"""The file `_headers` leaves out a header that protects the readers of the site.

Headers tell browsers to insist on HTTPS, not to guess what a file is, to load nothing from elsewhere, to let no other
site frame the page, and to send no whole addresses along with links. They cost nothing on a static site. Add what is
missing under `/*`. A site without this file is not looked at: its host may be told elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.check.examples import Edit
from generator.check.headers import FILE, headers_of, read_headers
from generator.check.published import Published
from generator.check.rule import HEURISTIC, rule
from generator.errors import Finding

_POLICY = "content-security-policy"
_ANYWHERE = "/any/page/of/the/site/"
GOOD = (
    Edit("  X-Frame-Options: DENY\n", "", "/_headers"),
    Edit("X-Content-Type-Options", "x-content-type-options", "/_headers"),
    Edit(r"\A/\*", "# everywhere\n/*", "/_headers"),
)
BAD = (
    Edit("  Strict-Transport-Security: [^\n]*\n", "", "/_headers"),
    Edit("max-age=31536000\n", "max-age=0\n", "/_headers"),
    Edit("nosniff", "sniff", "/_headers"),
    Edit("  Content-Security-Policy: [^\n]*\n", "", "/_headers"),
    Edit("  Referrer-Policy: [^\n]*\n", "", "/_headers"),
    Edit(r"\A/\*", "/en-us/*", "/_headers"),
    Edit("/assets/\\*\n", "/*\n  ! Referrer-Policy\n\n/assets/*\n", "/_headers"),
)


@rule(severity="warning", evidence=HEURISTIC, scope=Published)
def headers_missing(published: Published) -> Iterator[Finding]:
    if not published.has(FILE):
        return
    missing = list(_missing(headers_of(_ANYWHERE, read_headers(published), published.origin)))
    if missing:
        what = f"not every page gets {', '.join(missing)}"
        yield Finding(FILE, what, "Add it under “/*”.")


def _missing(headers: Mapping[str, str]) -> Iterator[str]:
    if "max-age" not in (transport := headers.get("strict-transport-security", "").lower()) or _is_withdrawn(transport):
        yield "Strict-Transport-Security"
    if headers.get("x-content-type-options", "").lower() != "nosniff":
        yield "X-Content-Type-Options: nosniff"
    if _POLICY not in headers:
        yield "Content-Security-Policy"
    if "frame-ancestors" not in headers.get(_POLICY, "").lower() and "x-frame-options" not in headers:
        yield "frame-ancestors or X-Frame-Options"
    if "referrer-policy" not in headers:
        yield "Referrer-Policy"


def _is_withdrawn(transport: str) -> bool:
    return any(part.strip().replace(" ", "") in {"max-age=0", 'max-age="0"'} for part in transport.split(";"))
