"""SQL conditions over places, those of ``places.where`` and of the gate: checked word by word, and harmless where run.

A condition may hold only columns, literals, operators and the words and functions listed here, with its brackets
closed: it is one expression, without subqueries, and nothing else. SQLite runs it over an in-memory copy of the places.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from operator import attrgetter

from msgspec import Struct

from generator.errors import Finding, did_you_mean
from generator.load.csv_file import quoted
from generator.model import Place

COLUMNS: Mapping[str, str] = {
    "id": "INTEGER PRIMARY KEY",
    "name": "TEXT",
    "county": "TEXT",
    "region_code": "TEXT",
    "region": "TEXT",
    "country": "TEXT",
    "latitude": "REAL",
    "longitude": "REAL",
    "population": "INTEGER",
    "time_zone": "TEXT",
    "slug": "TEXT",
}
"""Columns that every condition may name, with their SQLite types."""

_ATTRIBUTES = {"region_code": "region.code", "region": "region.name"}

FUNCTIONS = frozenset(
    "abs coalesce glob ifnull iif instr length like lower ltrim max min nullif replace round rtrim substr trim "
    "unicode upper".split()
)
"""Pure functions; SQLite's ``lower`` and ``upper`` know only ASCII letters."""

_WORDS = frozenset(
    "and or not in like glob between is null isnull notnull escape true false case when then else end cast as "
    "integer real text collate nocase binary".split()
)
_FORBIDDEN = frozenset(
    "select values with exists from order group having limit union intersect except join where over filter".split()
)
_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+)
    | (?P<text>'(?:[^']|'')*')
    | (?P<name>"(?:[^"]|"")*" | `(?:[^`]|``)*` | \[[^\]]*\])
    | (?P<number>0[xX][0-9a-fA-F]+ | (?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)(?![\w$])
    | (?P<word>[^\W\d]\w*)
    | (?P<comment>--|/\*)
    | (?P<bracket>[()])
    | (?P<operator>\|\||<>|<=|>=|<<|>>|==|!=|-(?!>)|[=<>+*/%,&|~])
    | (?P<other>->>?|.)""",
    re.VERBOSE | re.DOTALL,
)
_EXAMPLE = "Write a condition like: region_code in ('TX', 'CA') and population > 50000."

_TYPOGRAPHIC = "‘’‚‛“”„‟«»‹›′″"  # noqa: RUF001
_SEPARATED = re.compile(
    r"""(?:(?:[<>=]|\b(?:between|and)\b)\s*(?P<signs>[0-9]{1,3}(?:[,_' \u00a0\u202f][0-9]{3})+)
    | \b(?:population|id)\s*(?:[<>=!]=?|<>)\s*(?P<points>[0-9]{1,3}(?:\.[0-9]{3})+))(?![\w.])""",
    re.VERBOSE | re.IGNORECASE,
)
"""Numbers with signs between the thousands; a point is one where no part of a whole can be meant."""

LONGEST_CONDITION = 20_000
"""Characters; a longer list of places belongs into a file."""
_LONGEST_VALUE = 1_000_000
"""Bytes of a text that a condition may make, which can double with each of its functions; no cell is longer."""
_LONGEST_PATTERN = 100
"""Bytes: each ``%`` in a pattern multiplies the time that it takes."""

Cell = str | int | float | None
Fault = tuple[str, str]
"""A fault, and what to do."""


class Condition(Struct, frozen=True):
    """A condition and the place where it stands: in the file, for messages, and by its key.

    Besides COLUMNS it may name ``columns``, which are read of a place.
    """

    text: str
    where: str
    key: str = "places.where"
    columns: Mapping[str, Callable[[Place], Cell]] = {}


def matching_ids(places: Iterable[Place], condition: Condition) -> tuple[frozenset[int], list[Finding]]:
    """Ids of the places for which the condition is true; one that is not allowed, or not SQL, is a "stop"."""

    def told(faults: Iterable[Fault]) -> list[Finding]:
        return [Finding(condition.where, f"{condition.key} {what}", fix) for what, fix in dict.fromkeys(faults)]

    if faults := _faults(condition):
        return frozenset(), told(faults)
    # A cell that the condition does not name may as well be empty, which takes a third of the time.
    named = [name for name in COLUMNS if name == "id" or name in condition.text.lower()]
    readers: list[Callable[[Place], Cell]] = [
        *(attrgetter(_ATTRIBUTES.get(name, name)) for name in named),
        *condition.columns.values(),
    ]
    rows = [[read(place) for read in readers] for place in places]
    own = ['"' + column.replace('"', '""') + '"' for column in condition.columns]
    marks = ", ".join("?" * len(readers))
    connection = sqlite3.connect(":memory:")
    try:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, _LONGEST_PATTERN)
        # In columns of tables what reads as a number is one, whatever type its table gives it.
        declared = [*map(" ".join, COLUMNS.items()), *(f"{column} NUMERIC" for column in own)]
        connection.execute(f"CREATE TABLE places ({', '.join(declared)})")
        connection.executemany(f"INSERT INTO places ({', '.join([*named, *own])}) VALUES ({marks})", rows)  # noqa: S608
        # The configuration asks for an SQL condition; that it is one expression was checked above.
        found = connection.execute(f"SELECT id FROM places WHERE (\n{condition.text}\n)").fetchall()  # noqa: S608
    except sqlite3.Error as error:
        return frozenset(), told([(f"is not valid SQL ({error})", _EXAMPLE)])
    finally:
        connection.close()
    return frozenset(number for (number,) in found), []


def _faults(condition: Condition) -> list[Fault]:
    """Everything in the condition that is not a part of one plain expression."""
    text = condition.text
    if len(text) > LONGEST_CONDITION:
        what = f"is longer than {LONGEST_CONDITION:,} characters"
        return [(what, "List the places in a CSV file and name it in places.list.")]
    tokens = [(match.lastgroup or "", match[0]) for match in _TOKEN.finditer(text) if match.lastgroup != "space"]
    # Faults that a sign in a number causes are reported as that number.
    numbers = [*_separated_numbers(text)]
    return numbers or [*_shape_faults(tokens)] or [*_name_faults(tokens, (*COLUMNS, *condition.columns))]


def _separated_numbers(text: str) -> Iterator[Fault]:
    """Numbers outside of texts that are written with signs between the thousands."""
    bare = "".join("''" if match.lastgroup == "text" else match[0] for match in _TOKEN.finditer(text))
    for match in _SEPARATED.finditer(bare):
        number = match["signs"] or match["points"]
        fix = f"Write numbers without separators: {re.sub('[^0-9]', '', number)}."
        yield f"has the number {number}", f"{fix} Put a space after a comma between two." if "," in number else fix


def _shape_faults(tokens: Sequence[tuple[str, str]]) -> Iterator[Fault]:
    """Faults that make it more, or less, than one expression."""
    depths = [*accumulate({"(": 1, ")": -1}[text] for kind, text in tokens if kind == "bracket")]
    if min(depths, default=0) < 0:
        yield "closes a bracket that it has not opened", "Check the brackets."
    elif depths and depths[-1]:
        yield "leaves a bracket open", "Check the brackets."
    words = [text.upper() for kind, text in tokens if kind == "word" and text.lower() in _FORBIDDEN]
    if words:
        yield f"must be a single condition, without {', '.join(dict.fromkeys(words))}", _EXAMPLE
    typographic = dict.fromkeys(text for kind, text in tokens if kind == "other" and text in _TYPOGRAPHIC)
    if typographic:
        yield f"has typographic quotation marks ({' '.join(typographic)})", "Write straight ones, like 'TX'."
        return
    for kind, text in tokens:
        if kind == "comment":
            yield "must not hold an SQL comment", "Use a YAML comment, with #, on a line of its own."
        elif kind == "other" and text in "'\"`[":
            yield f"opens a {text} and does not close it", "Close it."
        elif kind == "other":
            yield f"cannot use {quoted(text)}", _EXAMPLE


def _name_faults(tokens: Sequence[tuple[str, str]], columns: Iterable[str]) -> Iterator[Fault]:
    """Names that are no column and no function.

    SQLite takes a name in double quotes for a text when there is no such column, so that a typing error
    would silently select nothing.
    """
    known = {column.lower() for column in columns}
    for (kind, text), following in zip(tokens, [*tokens[1:], ("", "")], strict=False):
        name = text[1:-1] if kind == "name" else text
        if kind not in ("name", "word") or (kind == "word" and name.lower() in _WORDS - FUNCTIONS):
            continue
        if following == ("bracket", "("):
            if name.lower() not in FUNCTIONS:
                yield f'cannot use the function "{name}"', did_you_mean(name.lower(), FUNCTIONS)
        elif name.lower() not in known and not (kind == "word" and name.lower() in _WORDS):
            listed = f"Known: {', '.join(sorted(known))}. Text stands in single quotes, like 'TX'."
            yield f'names "{name}", which is not a column', did_you_mean(name.lower(), known, listed)
