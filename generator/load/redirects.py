"""The author's redirects: ``content/redirects.csv``."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from generator.errors import Finding
from generator.load.csv_file import quoted, read_columns
from generator.load.rows import Row
from generator.model import Redirect

_FILE = "redirects.csv"
_COLUMNS = ("from", "to", "status")
_STATUSES = ("301", "302", "307", "308")
# Characters that could end a line, a field or a header, or that a browser reads as a slash.
_UNSAFE = re.compile(r"[\s\\<>\"\x00-\x20\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]")


def load_redirects(content: Path, base_url: str) -> tuple[tuple[Redirect, ...], list[Finding]]:
    """Read the redirects, if there are any, in the order of the file; every fault is a "stop".

    ``from`` is a path; ``to`` is a path or a web address, and one on ``base_url``'s host becomes a path.
    Chains, loops and whether a target exists are not looked at here.
    """
    if not (content / _FILE).exists():
        return (), []
    # Cells stay as they are: an address is refused for a control character, not silently freed of it.
    columns, findings = read_columns(content, _FILE, ("from", "to"), _COLUMNS, clean=str.strip)
    redirects: list[Redirect] = []
    first: dict[str, Row] = {}
    for row in columns.rows():
        if not row.is_whole:
            continue
        source, target = row.cells["from"], _on_site(row.cells["to"], base_url)
        status = row.cells.get("status") or "301"
        faults = [
            Finding(row.where(column), *fault)
            for column, fault in (("from", _path_fault(source)), ("to", _target_fault(target)))
            if fault
        ]
        if status not in _STATUSES:
            fix = f"Write {', '.join(_STATUSES[:-1])} or {_STATUSES[-1]}, or leave the cell empty for 301."
            faults.append(Finding(row.where("status"), f"{quoted(status)} is not a redirect's status", fix))
        other = first.setdefault(source, row)
        if source and other is not row:
            what = f"{quoted(source)} is already redirected by {other.where()}"
            faults.append(Finding(row.where("from"), what, "Keep one of the two rows."))
        findings += faults
        if not faults:
            redirects.append(Redirect(source, target, int(status), row.where()))
    return tuple(redirects), findings


def _on_site(target: str, base_url: str) -> str:
    """The path of an address on the site's own host; any other target as it is."""
    match = re.match(r"https?://([^/?#]*)", target, re.IGNORECASE)
    if match is None or match[1].lower() != urlsplit(base_url).netloc.lower():
        return target
    rest = target[match.end() :]
    return rest if rest.startswith("/") else f"/{rest}"


def _path_fault(path: str) -> tuple[str, str] | None:
    if not path:
        return "the cell is empty", "Write the old path, like /old-page/."
    if not path.startswith("/") or path.startswith("//"):
        return f"{quoted(path)} is not a path of this site", 'Begin it with one "/", like /old-page/.'
    if _UNSAFE.search(path):
        return f"{quoted(path)} has a character that an address cannot have", "Write a space as %20."
    if "?" in path or "#" in path:
        return f"{quoted(path)} has a query or a fragment", "Redirects go by the path alone: leave out ? and # parts."
    if "*" in path or ":" in path:
        return f"{quoted(path)} has a placeholder", "Write one row for each path, without * and :."
    return _dots_fault(path)


def _target_fault(target: str) -> tuple[str, str] | None:
    if not target:
        return "the cell is empty", "Write the new path, like /new-page/, or a web address."
    if _UNSAFE.search(target):
        return f"{quoted(target)} has a character that an address cannot have", "Write a space as %20."
    if target.startswith("/") and not target.startswith("//"):
        return _dots_fault(re.split(r"[?#]", target)[0])
    if re.match(r"https?://[^/?#@]*[^/?#@:]", target, re.IGNORECASE):
        return None
    return f"{quoted(target)} is neither a path nor a web address", "Begin it with / or https://."


def _dots_fault(path: str) -> tuple[str, str] | None:
    if {".", ".."} & set(path.split("/")):
        return f"{quoted(path)} has a part that is only dots", "Write the path out."
    return None
