"""The site's one style sheet, as it is inlined, and its hash for the Content-Security-Policy."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def load_stylesheet(templates: Path) -> str:
    """``templates/static/site.css`` without comments, indentation and empty lines."""
    text = _COMMENT.sub("", (templates / "static" / "site.css").read_text("utf-8"))
    return "".join(line for line in (raw.strip() for raw in text.splitlines()) if line)


def content_security_hash(text: str) -> str:
    """The source expression that allows exactly the inline element with this text (CSP level 3, section 6.7.3)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
