"""A CSV file by column, its cells cleaned, with the line on which each row starts."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import compress
from pathlib import Path

from generator.errors import Finding, Severity, did_you_mean, quantity
from generator.load.rows import Columns, Row

_BREAKS = re.compile("[ ]*[\t\n\v\f\r\x85\u2028\u2029]+[\t\n\v\f\r\x85\u2028\u2029 ]*")
# What Windows-1252 has where Unicode has controls; HTML reads them so, too (WHATWG, numeric character references).
_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0) if code != 0x85}
# Controls, characters without any width or meaning, and the code points that XML 1.0 and HTML do not admit even when
# escaped.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_LONGEST_SHOWN = 40
_HEADER = re.compile(r'(?:"(?:[^"]|"")*"|[^"\r\n])*')
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}


def clean_cell(text: str) -> str:
    """The text in NFC, without control characters, those that turn the direction of what follows, or outer
    spaces; line breaks and tabs become one space, and Windows’ quotation marks and dashes those of Unicode."""
    return _UNPRINTABLE.sub("", _BREAKS.sub(" ", unicodedata.normalize("NFC", text)).translate(_WINDOWS)).strip()


def quoted(value: str) -> str:
    """A cell's value as messages show it: in quotation marks, cut at 40 characters, invisible ones made visible."""
    shown = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in value)
    return f'"{shown}"' if len(shown) <= _LONGEST_SHOWN else f'"{shown[:_LONGEST_SHOWN]}…"'


def read_columns(
    content: Path,
    file: str,
    required: Sequence[str],
    known: Sequence[str] | None = None,
    *,
    row_severity: Severity = "stop",
    clean: Callable[[str], str] = clean_cell,
) -> tuple[Columns, list[Finding]]:
    """Read a CSV ``file`` below ``content`` (UTF-8, with a byte order mark or without; quotation marks doubled).

    Cells are separated by commas, or by what separates the names of the first line: spreadsheet programs in
    countries with a decimal comma write semicolons, and cells that are copied out of a table have tabs.
    Columns of ``required`` must be there, and always are in the result; with ``known`` no others may be. A fault of
    the file has the severity "stop", and no rows are returned with it unless it is only an unknown column; a row
    with too many or too few cells has ``row_severity`` and is ragged. Blank lines, and rows whose cells are all
    empty, are passed over.
    """
    shown = f"content/{file}"
    nothing = Columns(shown, (), dict.fromkeys(required, ()))
    text, findings = _read_text(content / file, shown, required)
    if text is None:
        return nothing, findings
    delimiter = _delimiter(text)
    broken: list[Finding] = []
    records = _records(text, delimiter, shown, broken)
    header_line, header = next(records, (1, []))
    if not header:
        return nothing, broken or [Finding(f"{shown}:1", "the file is empty", _first_line(required))]
    names = [clean_cell(name) for name in header]
    usable, findings = _check_header(names, f"{shown}:{header_line}", required, known)
    lines: list[int] = []
    whole: list[list[str]] = []
    ragged: list[Row] = []
    for line, cells in records:
        if len(cells) == len(names):
            lines.append(line)
            whole.append(cells)
            continue
        tidied = _tidied(cells, clean)
        if any(tidied):
            ragged.append(Row(shown, line, dict(zip(names, tidied, strict=False)), is_whole=False))
            held, wanted = quantity(len(cells), "cell", "cells"), quantity(len(names), "column", "columns")
            what = f"the row has {held}, the first line {wanted}"
            fix = _length_cure("".join(cells), len(cells) > len(names), delimiter)
            findings.append(Finding(f"{shown}:{line}", what, fix, row_severity, "row_cells"))
    findings += broken
    if not usable:
        return nothing, findings
    by_column = [_tidied(cells, clean) for cells in zip(*whole, strict=True)] or [()] * len(names)
    if all("" in cells for cells in by_column):
        filled = [any(cells) for cells in zip(*by_column, strict=True)]
        lines = [*compress(lines, filled)]
        by_column = [[*compress(cells, filled)] for cells in by_column]
    return Columns(shown, lines, dict(zip(names, by_column, strict=True)), tuple(ragged)), findings


def _tidied(cells: Sequence[str], clean: Callable[[str], str]) -> Sequence[str]:
    """The cells cleaned; most columns are clean already, which one search of a whole column tells."""
    joined = "|".join(("", *cells, ""))
    if joined.isascii() and joined.isprintable() and " |" not in joined and "| " not in joined:
        return cells
    tidied = {cell: cell.strip() if cell.isascii() and cell.isprintable() else clean(cell) for cell in set(cells)}
    return [tidied[cell] for cell in cells]


def _read_text(path: Path, shown: str, required: Sequence[str]) -> tuple[str | None, list[Finding]]:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None, [Finding(shown, "the file does not exist", _first_line(required))]
    except OSError as error:
        return None, [Finding(shown, f"the file cannot be read ({error.strerror})", "Check its permissions.")]
    save = 'Save it in the spreadsheet program as "CSV UTF-8".'
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The decoder counts from after a byte order mark, so the faulty bytes are looked for in its own input.
        line, byte = _position(error.object, error.start)
        return None, [Finding(f"{shown}:{line}", f"byte {byte} of the line is not UTF-8", save)]
    if "\0" in text:
        line, byte = _position(data, data.index(0))
        return None, [Finding(f"{shown}:{line}", f"byte {byte} of the line is zero, so this is not a text file", save)]
    return text, []


def _position(data: bytes, offset: int) -> tuple[int, int]:
    before = data[:offset].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return before.count(b"\n") + 1, len(before) - (before.rfind(b"\n") + 1) + 1


def _delimiter(text: str) -> str:
    """The sign between the names of the first line: a comma wherever there is one."""
    header = _HEADER.match(text.lstrip("\r\n"))
    names = _QUOTED.sub("", header[0]) if header else ""
    return "," if "," in names else max(",;\t", key=names.count)


def _length_cure(joined: str, is_too_long: bool, delimiter: str) -> str:
    sign = _DELIMITERS[delimiter]
    if is_too_long:
        return f"Put a cell that contains a {sign} in quotation marks."
    if any(other in joined for other in _DELIMITERS if other != delimiter and other != ","):
        return f"Separate its cells with {sign}s, like the first line."
    return f"Keep the {sign}s of empty cells."


def _records(text: str, delimiter: str, shown: str, findings: list[Finding]) -> Iterator[tuple[int, list[str]]]:
    """Every record that is not a blank line, with its first physical line; text after a broken quote is lost."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if cells:
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        if "field larger" in str(error):
            what = "a cell of this row is longer than 131,072 characters"
            fix = "Shorten it, or look for a quotation mark that is lost."
            findings.append(Finding(f"{shown}:{line}", what, fix))
            return
        if "end of data" in str(error):
            what = "a quotation mark opens a cell in this row and nothing closes it"
        elif "expected after" in str(error):
            what = "a quotation mark stands in the middle of a quoted cell"
        else:
            what = f"the row cannot be read ({error})"
        findings.append(Finding(f"{shown}:{line}", what, 'Write a quotation mark inside a quoted cell twice: "".'))


def _check_header(
    columns: list[str], where: str, required: Sequence[str], known: Sequence[str] | None
) -> tuple[bool, list[Finding]]:
    findings: list[Finding] = []
    for position, name in enumerate(columns, start=1):
        if not name:
            findings.append(Finding(where, f"column {position} has no name", "Name it, or delete it."))
        elif name in columns[: position - 1]:
            findings.append(Finding(where, f'the column "{name}" appears twice', "Rename or delete one of them."))
    spare = [name for name in dict.fromkeys(columns) if name and name not in required]
    unknown = [name for name in spare if known is not None and name not in known]
    missing = [name for name in dict.fromkeys(required) if name not in columns]
    for name in missing:
        cures = {other: did_you_mean(other, [name]) for other in (spare if known is None else unknown)}
        mistyped = next((other for other, cure in cures.items() if cure.startswith("Did you mean")), None)
        if mistyped is None:
            findings.append(Finding(where, f'the column "{name}" is missing', "Add it to the first line."))
        else:
            what = f'the column "{name}" is missing, but there is "{mistyped}"'
            findings.append(Finding(where, what, cures[mistyped]))
            unknown = [other for other in unknown if other != mistyped]
    for name in unknown:
        findings.append(Finding(where, f'unknown column "{name}"', did_you_mean(name, known or ())))
    return not missing and len(set(columns)) == len(columns), findings


def _first_line(required: Sequence[str]) -> str:
    return f"Its first line should be: {','.join(required)}."
