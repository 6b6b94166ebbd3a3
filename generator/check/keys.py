"""Detection of secret keys in published files."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator

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
"""Kinds of keys by a text that each contains: its name, and its form as its issuer describes it."""

KEY_HINTS = (*_KINDS, "eyJ")
"""Texts of which every key contains one."""

_PATTERNS = {
    mark.encode(): (name, re.compile(rf"(?<![A-Za-z0-9_]){form}(?![A-Za-z0-9])" if "BEGIN" not in form else form))
    for mark, (name, form) in _KINDS.items()
}
_LONG_NAME = re.compile(rb"_[A-Za-z0-9]{20}")
"""Part of every key with an underscore; one search for it takes less time than one for each kind."""
_SMALL = bytes(sign for sign in range(256) if not (chr(sign).isascii() and (chr(sign).isupper() or sign == ord("_"))))
_SIGNS = {mark: mark.translate(None, _SMALL) for mark in (*_PATTERNS, b"eyJ")}
"""Each mark reduced to capitals and underscores: it is sought in the page reduced likewise, to a twentieth."""
_RARE = {b"xox": re.compile(b"xox"), b"sk-ant-": re.compile(b"k-(?<=sk-)"), b"sk-proj-": re.compile(b"k-(?<=sk-)")}
"""Faster ways to find that a page holds none of these marks, which have small letters only."""

_TOKEN = re.compile(r"eyJ[\w-]{10,2000}\.(eyJ[\w-]{10,4000})\.[\w-]{20,}")
_VARIED = 10
"""Least number of different characters in a key; a text with fewer, as “XXXX…”, is a placeholder."""


def find_keys(text: str, body: bytes) -> dict[tuple[str, str], None]:
    """Each key in ``text``, which is ``body`` in bytes, with what it is, in the order of its kinds."""
    marks = set(_marks(body))
    found = dict.fromkeys(
        (name, match[0])
        for mark, (name, pattern) in _PATTERNS.items()
        if mark in marks
        for match in pattern.finditer(text)
        if len(set(match[0])) >= _VARIED and "EXAMPLE" not in match[0]
    )
    if b"eyJ" in marks:
        found |= {
            ("a token that opens a server", match[0]): None for match in _TOKEN.finditer(text) if _opens(match[1])
        }
    return found


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
