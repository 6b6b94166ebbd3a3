"""The page holds a key that must be known to nobody but its owner.

Whoever reads the source of the page can use it: to send mail, to spend money, to read what is stored. Revoke the key
at once, for it counts as known as soon as the page was published, and let only a server use the new one. Keys that
are made for browsers, such as Stripe’s `pk_live_` or Google’s for maps, are not meant.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.rule import BUILD, rule
from generator.errors import Finding

_KINDS = {
    "AKIA": ("a key of Amazon Web Services", r"AKIA[A-Z0-9]{16}"),
    "ASIA": ("a key of Amazon Web Services", r"ASIA[A-Z0-9]{16}"),
    "sk_live_": ("a secret key of Stripe", r"sk_live_[A-Za-z0-9]{20,}"),
    "rk_live_": ("a restricted key of Stripe", r"rk_live_[A-Za-z0-9]{20,}"),
    **{mark: ("a token of GitHub", rf"{mark}[A-Za-z0-9]{{36}}") for mark in ("ghp_", "gho_", "ghu_", "ghs_", "ghr_")},
    "github_pat_": ("a token of GitHub", r"github_pat_[A-Za-z0-9_]{60,}"),
    "glpat-": ("a token of GitLab", r"glpat-[A-Za-z0-9_-]{20,}"),
    "xox": ("a token of Slack", r"xox[abprs]-[A-Za-z0-9-]{20,}"),
    "hooks.slack.com": ("the address of a Slack channel", r"hooks\.slack\.com/services/T\w{8,}/B\w{8,}/\w{20,}"),
    "SG.": ("a key of SendGrid", r"SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}"),
    "sk-ant-": ("a key of Anthropic", r"sk-ant-[A-Za-z0-9_-]{30,}"),
    "sk-proj-": ("a key of OpenAI", r"sk-proj-[A-Za-z0-9_-]{30,}"),
    "shpat_": ("a token of Shopify", r"shpat_[0-9a-fA-F]{32}"),
    "npm_": ("a token of npm", r"npm_[A-Za-z0-9]{36}"),
    "PRIVATE KEY": (
        "a private key",
        r"-----BEGIN (?:[A-Z]{2,9} )?PRIVATE KEY-----(?:\s|\\n|\\r)*[A-Za-z0-9+/=]{40}",
    ),
}
"""By a piece of text without which there is none: what it is, and its form as its maker describes it."""

_PATTERNS = {
    mark.encode(): (name, re.compile(rf"(?<![A-Za-z0-9_]){form}(?![A-Za-z0-9])" if "BEGIN" not in form else form))
    for mark, (name, form) in _KINDS.items()
}
_LONG_NAME = re.compile(rb"_[A-Za-z0-9]{20}")
"""In every key with a low line; to look for it once takes less time than to look for each of them."""
_SMALL = bytes(sign for sign in range(256) if not (chr(sign).isascii() and (chr(sign).isupper() or sign == ord("_"))))
_SIGNS = {mark: mark.translate(None, _SMALL) for mark in (*_PATTERNS, b"eyJ")}
"""What is left of each mark without small letters: it stands in what is left of a page, which is a twentieth of it."""
_RARE = {b"xox": re.compile(b"xox"), b"sk-ant-": re.compile(b"k-(?<=sk-)"), b"sk-proj-": re.compile(b"k-(?<=sk-)")}
"""Faster ways to find that a page holds none of these marks, which have small letters only."""

_TOKEN = re.compile(r"eyJ[\w-]{10,2000}\.(eyJ[\w-]{10,4000})\.[\w-]{20,}")
_VARIED = 10
"""Different characters that a key has at least; what has fewer, as “XXXX…”, stands for one."""

_KEY = "4eC39HqLyjWDarjtT1zdp7dc"
GOOD = (
    Edit("<p>With a needle.</p>", f"<script>stripe('pk_live_{_KEY}')</script>"),
    Edit("<p>With a needle.</p>", "<p>A key looks like AKIAIOSFODNN7EXAMPLE, sk_live_XXXXXXXXXXXXXXXXXXXXXXXX.</p>"),
    Edit("<p>With a needle.</p>", "<pre>-----BEGIN PRIVATE KEY-----\n…\n-----END PRIVATE KEY-----</pre>"),
    Edit("<p>With a needle.</p>", "<p>ghp_short, risk-proj-needle, task_live_in, xoxo-xoxo, SG.1, npm_install</p>"),
    # A token that says {"role": "anon"}, which is made for browsers.
    Edit("<p>With a needle.</p>", f'<p data-key="eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiYW5vbiJ9.{_KEY}">With a needle.</p>'),
)
BAD = (
    Edit("<p>With a needle.</p>", f"<script>stripe('sk_live_{_KEY}')</script>"),
    Edit("<p>With a needle.</p>", "<script>key = 'AKIA2E0A8F3B244C9986'</script>"),
    Edit("<p>With a needle.</p>", f"<!-- ghp_{_KEY}aB3dE6gH9kLm -->"),
    Edit("<p>With a needle.</p>", f"<p data-token='xoxb-123456789012-{_KEY}'>With a needle.</p>"),
    Edit("<p>With a needle.</p>", f"<pre>-----BEGIN RSA PRIVATE KEY-----\n{_KEY * 2}</pre>"),
    # A token that says {"role": "service_role"}.
    Edit("<p>With a needle.</p>", f"<script>k='eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoic2VydmljZV9yb2xlIn0.{_KEY}'</script>"),
)


@rule(severity="stop", evidence=BUILD, scope=Document)
def secret_leak(document: Document) -> Iterator[Finding]:
    html = document.html
    marks = set(_marks(document.body))
    found = dict.fromkeys(
        (name, match[0])
        for mark, (name, pattern) in _PATTERNS.items()
        if mark in marks
        for match in pattern.finditer(html)
        if len(set(match[0])) >= _VARIED and "EXAMPLE" not in match[0]
    )
    if b"eyJ" in marks:
        found |= {
            ("a token that opens a server", match[0]): None for match in _TOKEN.finditer(html) if _opens(match[1])
        }
    for name, key in found:
        # The report is read by more people than the key is for.
        what = f"the page holds {name}, “{key[:10]}…”"
        yield Finding(document.path, what, "Revoke the key, and let only a server use the new one.")


def _marks(body: bytes) -> Iterator[bytes]:
    """The marks of keys that stand on the page; those with a low line only where a long name follows one."""
    left = body.translate(None, _SMALL)
    has_long_name = b"_" in left and _LONG_NAME.search(body) is not None
    for mark, sign in _SIGNS.items():
        if sign in left and (has_long_name or b"_" not in mark):
            rare = _RARE.get(mark)
            if (rare is None or rare.search(body)) and mark in body:
                yield mark


def _opens(payload: str) -> bool:
    """Whether the token says that it is for a server, or who its owner is."""
    try:
        said = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (ValueError, RecursionError):
        return False
    return isinstance(said, dict) and (said.get("role") == "service_role" or "email" in said)
