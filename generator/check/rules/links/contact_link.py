"""A link to a telephone number or a mail address cannot be dialled or written to.

A finger on the link calls a wrong number, or nobody. A number is digits, and may begin with `+` and hold hyphens, dots
and brackets: `tel:+1-512-555-0100`. It must hold at least two digits and no more than 15, the most that a
telephone number has anywhere (ITU-T E.164). A mail address is `mailto:name@example.com`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

_NUMBER = re.compile(r"\+?[\d*#().-]+")
_MAILBOX = re.compile(r"[^\s@<>,;:/]+@[^\s@<>,;:/.]+(?:\.[^\s@<>,;:/.]+)+")
_FEWEST, _MOST = 2, 15
GOOD = (
    Edit("With a needle.", '<a href="tel:988">Call 988</a> <a href="TEL:+1-512-555-0100;ext=12">Call us</a>'),
    Edit("With a needle.", '<a href="tel:(512)555.0100">Call us</a> <a href="tel:+15125550100,,12">Call us</a>'),
    Edit("With a needle.", '<a href="mailto:a.b+c@mail.example.com?subject=A%20question">Write to us</a>'),
    Edit("With a needle.", '<a href="mailto:a@example.com,b%40example.com">Write to both</a>'),
    Edit("With a needle.", '<a href="mailto:?subject=Read%20this">Send this to a friend</a>'),
)
BAD = (
    Edit("With a needle.", '<a href="tel:">Call us</a>'),
    Edit("With a needle.", '<a href="tel:512 555 0100">Call us</a>'),
    Edit("With a needle.", '<a href="tel:1-800-CLINICS">Call us</a>'),
    Edit("With a needle.", '<a href="tel://+15125550100">Call us</a>'),
    Edit("With a needle.", '<a href="tel:+1512555010015125550100">Call us</a>'),
    Edit("With a needle.", '<a href="mailto:">Write to us</a>'),
    Edit("With a needle.", '<a href="mailto:info(at)example.com">Write to us</a>'),
    Edit("With a needle.", '<a href="mailto:info@example">Write to us</a>'),
    Edit("With a needle.", '<a href="mailto://info@example.com">Write to us</a>'),
)


@rule(severity="warning", evidence=documented("https://www.rfc-editor.org/rfc/rfc3966", "2026-11-22"), scope=Document)
def contact_link(document: Document) -> Iterator[Finding]:
    wrong = [link.href for link in document.links if link.href and not _can_be_used(link.href.strip())]
    if wrong:
        what = f"a link leads to {quoted(wrong[0])}{as_in_others(len(wrong))}"
        yield Finding(document.path, what, "Write tel:+1-512-555-0100 or mailto:name@example.com, without spaces.")


def _can_be_used(href: str) -> bool:
    scheme, _, rest = href[:2_000].partition(":")
    if scheme.lower() == "tel":
        number = re.split("[;,]", unquote(rest), maxsplit=1)[0]
        digits = sum(character.isdigit() for character in number)
        return bool(_NUMBER.fullmatch(number)) and _FEWEST <= digits <= _MOST
    if scheme.lower() == "mailto":
        mailboxes, _, headers = rest.partition("?")
        written = [part for part in unquote(mailboxes).split(",") if part]
        return all(map(_MAILBOX.fullmatch, written)) and bool(written or headers)
    return True
