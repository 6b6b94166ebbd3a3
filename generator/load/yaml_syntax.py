"""Messages for YAML syntax errors, which say what to write instead."""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from generator.errors import Finding

QUOTE_IT = 'Put quotation marks around it: "…".'
_BEFORE_VALUE = re.compile(r"\s*(?:-\s+)*(?:[\w.-]+:(?:\s+|$))?")
_QUOTED = {
    "'": re.compile(r"'(?:[^']|'')*'\s*(?:#.*)?"),
    '"': re.compile(r'"(?:[^"\\]|\\.)*"\s*(?:#.*)?'),
}


def syntax_finding(error: yaml.MarkedYAMLError, text: str, shown: str, first_line: int) -> Finding:
    mark = error.problem_mark or error.context_mark
    at = mark.line if mark else 0
    begins = error.context_mark.line if error.context_mark else at
    # An open quotation mark is noticed only where the next one stands.
    around = "" if begins == at else f", in what begins on line {begins + first_line}"
    fix = _syntax_cure(text.splitlines(), begins, at, first_line)
    return Finding(
        f"{shown}:{at + first_line}", f"this is not valid YAML: {error.problem or error.context}{around}", fix
    )


def _syntax_cure(lines: Sequence[str], begins: int, at: int, first_line: int) -> str:
    line = lines[at] if at < len(lines) else ""
    if "\t" in line:
        return "Indent with spaces, not tabs."
    if line.startswith(("---", "...")):
        return f"Remove the line {line.split()[0]}."
    if cure := _line_cure(line):
        return cure
    # An open quotation mark is noticed where the next one stands, or where the file ends.
    if not line or "'" in line or '"' in line:
        for earlier in range(min(at, len(lines)) - 1, begins - 1, -1):
            if _line_cure(lines[earlier]):
                return f"On line {earlier + first_line}: {_line_cure(lines[earlier])}"
    if begins != at and begins < len(lines) and (cure := _line_cure(lines[begins])):
        return f"On line {begins + first_line}: {cure}"
    if begins < len(lines) and lines[begins].strip() and not re.search(r":(\s|$)|^\s*(-\s|#)", lines[begins]):
        return 'Write a colon and a space after a key, like "brand: Kaly", and indent what continues a value.'
    return 'Close every quotation mark, put them around a value that contains ": ", and check the indentation.'


def _line_cure(line: str) -> str:
    """Cure for the value on a line, where its first sign or its quotation marks show the fault."""
    before = _BEFORE_VALUE.match(line)
    value = line[before.end() :].rstrip() if before else line
    mark = value[:1]
    if mark in ("'", '"'):
        if _QUOTED[mark].fullmatch(value):
            unknown = mark == '"' and re.search(r"\\[^0abtnvfre \"/\\N_LPxuU]", value.replace("\\\\", ""))
            return "Write each backslash twice: \\\\." if unknown else ""
        if mark not in value[1:]:
            return f"Close the quotation mark {mark} at the end of the text."
        if mark == "'":
            return "Write an apostrophe inside '…' twice, like Kaly''s, or put the whole value in \"…\"."
        return 'Write a quotation mark inside "…" as \\", or put the whole value in \'…\'.'
    closing = {"[": "]", "{": "}"}.get(mark)
    if closing and closing not in value:
        return f"Close the bracket {mark}, or put quotation marks around the value if it is a text."
    if mark and mark in "[{@`%&*!|>],}":
        return f'Put quotation marks around the value, because it begins with {mark}: "…".'
    if value.startswith("- ") and before and ":" in before[0]:
        return 'Write each item of a list on its own line below the key, beginning with "- ".'
    return ""
