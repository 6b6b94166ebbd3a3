"""The files ``_headers`` and ``_redirects`` of static hosts, read as Netlify and Cloudflare Pages read them.

Limits: rules for one domain (patterns that start with ``https://``), conditions (``Country=…``) and query
parameters are refused. As on both hosts, a header that several matching rules set is joined with commas.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.errors import Finding, SiteError

DEFAULT_REDIRECT_STATUS = 301
WILD = re.compile(r"(\*|:[A-Za-z]\w*)")
"""What stands for something else in a path: any characters, or one segment by a name."""


@dataclass(frozen=True, slots=True)
class HeaderRule:
    """The headers of the paths that match; a header without a value (``! Name``) is taken away again."""

    pattern: re.Pattern[str]
    headers: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class RedirectRule:
    source: str
    pattern: re.Pattern[str]
    target: str
    status: int


def parse_headers(text: str) -> tuple[HeaderRule, ...]:
    """Read ``_headers``; raises ``SiteError`` with every line that a host would not understand."""
    rules: list[tuple[str, list[tuple[str, str | None]]]] = []
    findings: list[Finding] = []
    for number, line in enumerate(text.splitlines(), 1):
        where = f"_headers:{number}"
        entry = line.strip()
        if not entry or entry.startswith("#"):
            continue
        if not line[0].isspace():
            if fault := _fault(entry):
                findings.append(Finding(where, fault))
            rules.append((entry, []))
            continue
        name, colon, value = entry.partition(":")
        if not rules:
            findings.append(Finding(where, "a header stands before any path"))
        elif entry.startswith("!"):
            rules[-1][1].append((entry[1:].strip(), None))
        elif not colon or not re.fullmatch(r"[A-Za-z0-9-]+", name):
            findings.append(Finding(where, f'"{entry}" is no header', "Write it as Name: value."))
        else:
            rules[-1][1].append((name, value.strip()))
    findings.extend(Finding("_headers", f'the path "{path}" has no header') for path, headers in rules if not headers)
    if findings:
        raise SiteError(findings)
    return tuple(HeaderRule(_pattern(path), tuple(headers)) for path, headers in rules)


def headers_for(rules: Sequence[HeaderRule], path: str) -> dict[str, str]:
    """The headers that the rules, in their order, give to a path."""
    found: dict[str, tuple[str, str]] = {}
    for rule in rules:
        if not rule.pattern.fullmatch(path):
            continue
        for name, value in rule.headers:
            if value is None:
                found.pop(name.lower(), None)
            elif name.lower() in found:
                found[name.lower()] = (name, f"{found[name.lower()][1]}, {value}")
            else:
                found[name.lower()] = (name, value)
    return dict(found.values())


def parse_redirects(text: str) -> tuple[RedirectRule, ...]:
    """Read ``_redirects``; raises ``SiteError`` with every line that a host would not understand."""
    rules: list[RedirectRule] = []
    findings: list[Finding] = []
    for number, line in enumerate(text.splitlines(), 1):
        parts = line.split()
        if not parts or parts[0].startswith("#"):
            continue
        where = f"_redirects:{number}"
        status = parts[2] if len(parts) > 2 else str(DEFAULT_REDIRECT_STATUS)
        if len(parts) not in {2, 3} or not re.fullmatch(r"[2-4]\d\d", status):
            findings.append(Finding(where, f'"{line.strip()}" is no redirect', "Write it as /from /to 301."))
        elif fault := _fault(parts[0]):
            findings.append(Finding(where, fault))
        else:
            rules.append(RedirectRule(parts[0], _pattern(parts[0]), parts[1], int(status)))
    if findings:
        raise SiteError(findings)
    return tuple(rules)


def find_redirect(rules: Sequence[RedirectRule], path: str) -> tuple[str, int] | None:
    """The target and status of the first rule that matches a path, its ``:names`` and ``:splat`` filled in."""
    for rule in rules:
        if match := rule.pattern.fullmatch(path):
            target = rule.target
            for name, value in match.groupdict().items():
                target = target.replace(f":{name}", value)
            return target, rule.status
    return None


def _fault(path: str) -> str:
    if not path.startswith("/"):
        return f'the path "{path}" does not start with a slash'
    wild = WILD.findall(path)
    return f'the path "{path}" has {wild[0]} more than once' if len(set(wild)) < len(wild) else ""


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile("".join(_piece(part) for part in WILD.split(path)))


def _piece(part: str) -> str:
    if part == "*":
        return "(?P<splat>.*)"
    if WILD.fullmatch(part):
        return f"(?P<{part[1:]}>[^/]+)"
    return re.escape(part)
