"""SQL conditions over places, those of ``places.where`` and of the gate: checked word by word, and harmless where run.

Two locks. The condition may hold only columns, literals, operators and the words and functions listed here,
with its brackets closed: it is one expression, without subqueries, and nothing else. And SQLite runs it over an
in-memory copy of the places with an authorizer that lets it read these columns and call these functions only,
and with limits on steps, lengths and depth: whatever passed the first lock can reach nothing else.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping
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
_COMPARED = r"(?:[<>=]|\b(?:between|and)\b)\s*"
_SEPARATED = re.compile(_COMPARED + r"([0-9]{1,3}(?:[,_' \u00a0\u202f][0-9]{3})+)(?![\w.])", re.IGNORECASE)
_SEPARATED_BY_POINTS = re.compile(
    r"\b(?:population|id)\s*(?:[<>=!]=?|<>)\s*([0-9]{1,3}(?:\.[0-9]{3})+)(?![\w.])", re.IGNORECASE
)

LONGEST_CONDITION = 20_000
"""Characters; a longer list of places belongs into a file."""
_LONGEST_VALUE = 1_000
_LONGEST_PATTERN = 100
_DEEPEST = 200
_STEPS_PER_PLACE = 1_000
_STEPS_BETWEEN_LOOKS = 10_000


Cell = str | int | float | None


class Condition(Struct, frozen=True):
    """A condition and the place where it stands: in the file, for messages, and by its key.

    Besides COLUMNS it may name ``columns``, which are read of a place.
    """

    text: str
    where: str
    key: str = "places.where"
    columns: Mapping[str, Callable[[Place], Cell]] = {}

    @property
    def names(self) -> frozenset[str]:
        """Every column that it may name, in small letters."""
        return frozenset(name.lower() for name in (*COLUMNS, *self.columns))


def matching_ids(places: Iterable[Place], condition: Condition) -> tuple[frozenset[int], list[Finding]]:
    """Ids of the places for which the condition is true.

    A condition that is not allowed, not SQL, or takes more than 1,000 steps a place is a "stop".
    """
    where, key = condition.where, condition.key
    findings = _scan(condition)
    if findings:
        return frozenset(), findings
    # A cell that the condition does not name may as well be empty, which takes a third of the time.
    named = [name for name in COLUMNS if name == "id" or name in condition.text.lower()]
    readers: list[Callable[[Place], Cell]] = [
        *(attrgetter(_ATTRIBUTES.get(name, name)) for name in named),
        *condition.columns.values(),
    ]
    rows = [[read(place) for read in readers] for place in places]
    connection = sqlite3.connect(":memory:")
    try:
        columns = [*(f"{name} {kind}" for name, kind in COLUMNS.items()), *map(_declared, condition.columns)]
        connection.execute(f"CREATE TABLE places ({', '.join(columns)})")
        into = ", ".join(f'"{name}"' for name in (*named, *(name.replace('"', '""') for name in condition.columns)))
        marks = ", ".join("?" * len(readers))
        connection.executemany(f"INSERT INTO places ({into}) VALUES ({marks})", rows)  # noqa: S608
        connection.commit()
        denied = _restrict(connection, len(rows), condition.names)
        try:
            # An SQL condition is what the configuration asks for; the two locks are what makes it safe.
            found = connection.execute(f"SELECT id FROM places WHERE (\n{condition.text}\n)").fetchall()  # noqa: S608
        except sqlite3.Error as error:
            is_of_shape = "row value" in str(error) or "syntax error" in str(error)
            if not denied and is_of_shape and (separated := _separated_numbers(condition.text, _SEPARATED)):
                return frozenset(), [Finding(where, f"{key} {what}", fix) for what, fix in separated]
            what = f"{key} cannot use {denied[0]}" if denied else f"{key} {_explained(str(error))}"
            return frozenset(), [Finding(where, what, _EXAMPLE)]
        return frozenset(number for (number,) in found), []
    finally:
        connection.close()


def _declared(column: str) -> str:
    """A column of a table: one in which what reads as a number is one, whatever type its table gives it."""
    return '"' + column.replace('"', '""') + '" NUMERIC'


def _scan(asked: Condition) -> list[Finding]:
    """Everything in the condition that is not a part of one plain expression."""
    condition, where, key = asked.text, asked.where, asked.key
    if len(condition) > LONGEST_CONDITION:
        what = f"{key} is longer than {LONGEST_CONDITION:,} characters"
        return [Finding(where, what, "List the places in a CSV file and name it in places.list.")]
    tokens = [(match.lastgroup or "", match[0]) for match in _TOKEN.finditer(condition)]
    tokens = [token for token in tokens if token[0] != "space"]
    faults = _shape_faults(tokens)
    if faults:
        # What a sign in a number breaks is told as that number; a comma breaks nothing here.
        numbers = _separated_numbers(condition, _SEPARATED)
        faults = [fault for fault in numbers if "," not in fault[0]] or faults
    faults = faults or _separated_numbers(condition, _SEPARATED_BY_POINTS) or _name_faults(tokens, asked.names)
    return [Finding(where, f"{key} {what}", fix) for what, fix in dict.fromkeys(faults)]


def _separated_numbers(condition: str, pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    """Numbers outside of texts that are written with signs between the thousands."""
    bare = "".join("''" if match.lastgroup == "text" else match[0] for match in _TOKEN.finditer(condition))
    return [
        (f"has the number {number}", f"Write numbers without separators: {re.sub('[^0-9]', '', number)}.")
        for number in pattern.findall(bare)
    ]


def _shape_faults(tokens: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Faults that make it more, or less, than one expression."""
    faults: list[tuple[str, str]] = []
    depths = list(accumulate({"(": 1, ")": -1}[text] if kind == "bracket" else 0 for kind, text in tokens))
    if min(depths, default=0) < 0:
        faults.append(("closes a bracket that it has not opened", "Check the brackets."))
    elif depths and depths[-1]:
        faults.append(("leaves a bracket open", "Check the brackets."))
    words = [text.upper() for kind, text in tokens if kind == "word" and text.lower() in _FORBIDDEN]
    if words:
        faults.append((f"must be a single condition, without {', '.join(dict.fromkeys(words))}", _EXAMPLE))
    typographic = [text for kind, text in tokens if kind == "other" and text in _TYPOGRAPHIC]
    if typographic:
        marks = " ".join(dict.fromkeys(typographic))
        return [*faults, (f"has typographic quotation marks ({marks})", "Write straight ones, like 'TX'.")]
    for kind, text in tokens:
        if kind == "comment":
            faults.append(("must not hold an SQL comment", "Use a YAML comment, with #, on a line of its own."))
        elif kind == "other" and text in "'\"`[":
            faults.append((f"opens a {text} and does not close it", "Close it."))
        elif kind == "other":
            faults.append((f"cannot use {quoted(text)}", _EXAMPLE))
    return faults


def _name_faults(tokens: list[tuple[str, str]], columns: Collection[str]) -> list[tuple[str, str]]:
    """Names that are no column and no function.

    SQLite takes a name in double quotes for a text when there is no such column, so that a typing error
    would silently select nothing.
    """
    faults: list[tuple[str, str]] = []
    for (kind, text), following in zip(tokens, [*tokens[1:], ("", "")], strict=False):
        name = text[1:-1] if kind == "name" else text
        is_call = kind in ("name", "word") and following == ("bracket", "(")
        if kind not in ("name", "word") or name.lower() in columns:
            continue
        if (kind == "word" and name.lower() in _WORDS) or (is_call and name.lower() in FUNCTIONS):
            continue
        if is_call:
            faults.append((f'cannot use the function "{name}"', did_you_mean(name.lower(), FUNCTIONS)))
        else:
            listed = f"Known: {', '.join(sorted(columns))}. Text stands in single quotes, like 'TX'."
            faults.append((f'names "{name}", which is not a column', did_you_mean(name.lower(), columns, listed)))
    return faults


def _restrict(connection: sqlite3.Connection, places: int, columns: Collection[str]) -> list[str]:
    """Let the connection run one SELECT over the places and nothing else; returns the list of what was denied."""
    denied: list[str] = []
    selects = 0

    def authorize(action: int, first: str | None, second: str | None, *_: str | None) -> int:
        nonlocal selects
        if action == sqlite3.SQLITE_SELECT:
            selects += 1
            if selects == 1:
                return sqlite3.SQLITE_OK
            denied.append("a subquery")
        elif action == sqlite3.SQLITE_READ:
            # SQLite reports an empty column where it reads no more than the row's id.
            if first == "places" and (second or "id").lower() in columns:
                return sqlite3.SQLITE_OK
            denied.append(f'"{first}.{second}"')
        elif action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in FUNCTIONS:
            return sqlite3.SQLITE_OK
        else:
            denied.append(f'"{second or first}"')
        return sqlite3.SQLITE_DENY

    looks_left = (_STEPS_PER_PLACE * max(places, 100)) // _STEPS_BETWEEN_LOOKS

    def look() -> bool:
        nonlocal looks_left
        looks_left -= 1
        return looks_left < 0

    connection.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, LONGEST_CONDITION * 4 + 100)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, _LONGEST_PATTERN)
    connection.setlimit(sqlite3.SQLITE_LIMIT_EXPR_DEPTH, _DEEPEST)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.set_progress_handler(look, _STEPS_BETWEEN_LOOKS)
    connection.set_authorizer(authorize)
    return denied


def _explained(error: str) -> str:
    if "interrupted" in error:
        return f"takes too long: more than {_STEPS_PER_PLACE:,} steps a place"
    if "Expression tree is too large" in error or "parser stack overflow" in error:
        return f"is nested too deeply, or joins more than {_DEEPEST} parts with and/or"
    if "pattern too complex" in error:
        return f"has a pattern of more than {_LONGEST_PATTERN} characters"
    if "too big" in error:
        return f"makes a text of more than {_LONGEST_VALUE:,} bytes"
    return f"is not valid SQL ({error})"
