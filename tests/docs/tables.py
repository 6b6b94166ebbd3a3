"""The tables of the documentation, made from the code that they describe.

A table stands between ``<!-- table: NAME -->`` and ``<!-- end -->``. What a person has to write, the meaning of a
field of the template contract, is kept from the page; all else comes from the code.
"""

from __future__ import annotations

import datetime
import re
import sqlite3
import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import click
import msgspec
from annotated_types import Ge, Le, MinLen
from markupsafe import Markup
from pydantic import BaseModel, StringConstraints
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from generator import config, model
from generator.cli import cli
from generator.ledger.schema import TABLES
from generator.load import places_format
from generator.load.condition import COLUMNS, FUNCTIONS
from generator.load.front_matter import FrontMatter, Slug
from generator.render.files.text_files import AI_SEARCH_AGENTS, AI_TRAINING_AGENTS
from generator.templating import contract

ROOT = Path(__file__).parents[2]
TABLE = re.compile(r"<!-- table: (?P<name>[^>]*?) -->\n(?P<body>.*?)<!-- end -->", re.DOTALL)

CONTENT_PAGE = "ContentPageView"
ANCHORS = {
    contract.SiteView: "site",
    contract.LocaleView: "locale",
    contract.TopicView: "topic",
    contract.PlaceView: "place",
    contract.ContentPageView: "page-in-a-text",
    contract.PageView: "page-in-a-template",
}
_FREE_NAMES = {"locales": "TAG", "tables": "NAME", "columns": "COLUMN"}
_WORDS: Sequence[tuple[object, str]] = (
    (config.Text, "text"),
    (config.Line, "text"),
    (config.Origin, "web address"),
    (config.WebAddress, "web address"),
    (config.CountryCode, "country code"),
    (config.ContentFile, "path below `content/`"),
    (config.HomePattern, "pattern with `{locale}`"),
    (config.TopicPattern, "pattern with `{locale}`, `{topic}`"),
    (config.RegionPattern, "pattern with `{locale}`, `{topic}`, `{country}`, `{region}`"),
    (config.PlacePattern, "pattern with `{locale}`, `{topic}`, `{country}`, `{region}`, `{place}`"),
    (Slug, "small letters, digits and single hyphens, at most 80"),
    (model.Value, "any value"),
    (Markup, "HTML"),
    (bool, "`true` or `false`"),
    (int, "whole number"),
    (float, "number"),
    (datetime.date, "date"),
    (str, "text"),
)


def table(name: str, before: str) -> str:
    """The lines of the table ``name``; ``before`` are those that stand on the page now."""
    kind, _, rest = name.partition(" ")
    return _KINDS[kind](rest, before)


def refreshed(page: str) -> str:
    """``page`` with every table made anew."""

    def anew(match: re.Match[str]) -> str:
        return f"<!-- table: {match['name']} -->\n{table(match['name'], match['body'])}<!-- end -->"

    return TABLE.sub(anew, page)


def views() -> dict[str, type]:
    """Every record that the template contract reaches, by class name, in the order of the contract."""
    found: dict[str, type] = {}
    waiting: list[type] = [*contract.TEMPLATE_NAMES.values(), *contract.CONTENT_NAMES.values()]
    while waiting:
        view = waiting.pop(0)
        if view.__name__ not in found:
            found[view.__name__] = view
            for hint in typing.get_type_hints(view).values():
                waiting.extend(_records_in(hint))
    return found


def title_of(view: type) -> str:
    """How headings and links call a record: ``RegionLinkView`` is "Region link"."""
    words = re.findall("[A-Z][a-z]*", view.__name__.removesuffix("View"))
    return " ".join(words).capitalize()


def meanings(body: str) -> dict[str, str]:
    """What people wrote in the last column of a table, by the name in the first."""
    rows = (re.split(r"(?<!\\)\|", line)[1:-1] for line in body.splitlines() if line.startswith("| `"))
    return {cells[0].strip().strip("`"): cells[-1].strip() for cells in rows}


def _rows(head: Sequence[str], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(re.sub(r"(?<!\\)\|", r"\\|", cell) for cell in line) + " |\n" for line in lines)


def _settings(names: str, before: str) -> str:
    del before
    wanted = [name.strip() for name in names.split(",")]
    rows = (row for name in wanted for row in _keys(config.SiteConfig, "", only=name))
    return _rows(("key", "value", "default", "meaning"), rows)


def _front_matter(_: str, before: str) -> str:
    del before
    return _rows(("key", "value", "default", "meaning"), _keys(FrontMatter, ""))


def _keys(owner: type[BaseModel], prefix: str, only: str = "") -> Iterator[tuple[str, ...]]:
    hints = typing.get_type_hints(owner, include_extras=True)
    for name, info in owner.model_fields.items():
        if only and name != only:
            continue
        key, hint = prefix + name, _without_none(hints[name])
        inner, suffix = _inner_model(hint), _suffix(name, hint)
        words = _value_words(hint, inner) + _limits(info)
        yield f"`{key}`", words, _default(info, inner), info.description or ""
        if inner:
            yield from _keys(inner, f"{key}{suffix}.")


def _inner_model(hint: typing.Any) -> type[BaseModel] | None:
    candidates = (hint, *typing.get_args(hint))
    return next((c for c in candidates if isinstance(c, type) and issubclass(c, BaseModel)), None)


def _suffix(name: str, hint: typing.Any) -> str:
    origin = typing.get_origin(hint)
    return f".{_FREE_NAMES[name]}" if origin is dict and name in _FREE_NAMES else "[]" if origin is list else ""


def _value_words(hint: typing.Any, inner: type[BaseModel] | None) -> str:
    origin = typing.get_origin(hint)
    if inner:
        return {dict: "names with keys", list: "list of keys"}.get(origin, "keys")
    if origin is typing.Literal:
        return " or ".join(f"`{value}`" for value in typing.get_args(hint))
    if origin is list:
        return f"list: {_value_words(typing.get_args(hint)[0], None)}"
    if origin is dict:
        return "names with texts"
    if words := next((words for known, words in _WORDS if hint == known), ""):
        return words
    if origin is typing.Annotated:
        constraints = [extra for extra in hint.__metadata__ if isinstance(extra, StringConstraints) and extra.pattern]
        return f"text that matches `{constraints[0].pattern}`" if constraints else "web address"
    raise TypeError(f"no words for {hint!r}; add them to _WORDS")


def _limits(info: FieldInfo) -> str:
    words = []
    for limit in info.metadata:
        if isinstance(limit, Ge):
            words.append(f", at least {limit.ge}")
        elif isinstance(limit, Le):
            words.append(f", at most {limit.le}")
        elif isinstance(limit, MinLen):
            words.append(", at least one" if limit.min_length == 1 else f", at least {limit.min_length}")
    return "".join(words)


def _default(info: FieldInfo, inner: type[BaseModel] | None) -> str:
    value = info.default
    if value is PydanticUndefined:
        return "required"
    if value is None:
        return "none"
    if inner:
        return "below" if isinstance(value, BaseModel) else "empty"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return "empty" if value in ([], {}) else f"`{value}`"


def _fields(name: str, before: str) -> str:
    view = views()[name]
    said = meanings(before)
    hints = typing.get_type_hints(view)
    rows = ((f"`{field}`", _type_words(hints[field]), said.get(field, "")) for field in view.__struct_fields__)
    return _rows(("field", "type", "meaning"), rows)


def _records_in(hint: typing.Any) -> Iterator[type]:
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        yield hint
    for argument in typing.get_args(hint):
        yield from _records_in(argument)


def _type_words(hint: typing.Any) -> str:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if hint == model.Value:
        return "any value"
    if origin in (typing.Union, types.UnionType):
        return f"{_type_words(_without_none(hint))}, or nothing"
    if origin is typing.Literal:
        return ", ".join(f"`{value}`" for value in arguments)
    if origin is tuple:
        return f"list: {_type_words(arguments[0])}"
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        title = title_of(hint)
        return f"[{title}](#{ANCHORS.get(hint, title.lower().replace(' ', '-'))})"
    if origin is not None:
        return f"values by name: {_type_words(arguments[1])}"
    return "yes or no" if hint is bool else next(words for known, words in _WORDS if hint is known)


def _without_none(hint: typing.Any) -> typing.Any:
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        rest = [argument for argument in typing.get_args(hint) if argument is not type(None)]
        return rest[0] if len(rest) == 1 else hint
    return hint


def _options(verb: str, before: str) -> str:
    del before
    command = cli.commands[verb]
    whole = click.Context(cli, **cli.context_settings)
    context = click.Context(command, parent=whole, info_name=verb)
    options = (parameter for parameter in command.get_params(context) if isinstance(parameter, click.Option))
    rows = (record for option in options if (record := option.get_help_record(context)))
    return _rows(("option", "what it does"), ((f"`{name}`", " ".join(text.split())) for name, text in rows))


def _place_columns(_: str, before: str) -> str:
    del before
    text = places_format.__doc__ or ""
    meant = {found[1]: found[2] for found in re.finditer(r"^``(\w+)``\s+(.*)$", text, re.MULTILINE)}
    rows = ((f"`{column}`", meant[column].replace("``", "`")) for column in places_format.PLACE_COLUMNS)
    return _rows(("column", "meaning"), rows)


def _ledger_table(name: str, before: str) -> str:
    """The columns of a table of the ledger, as SQLite itself lists them."""
    said = meanings(before)
    with closing(sqlite3.connect(":memory:")) as ledger:
        ledger.executescript(TABLES)
        # A column of a view is what it is in the table that it comes from.
        tables = {table for (table,) in ledger.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        columns = ledger.execute("SELECT name, lower(type) FROM pragma_table_info(?)", (name,)).fetchall()
        required = {
            column
            for table in (tables & {name} or ("built", "origins", "statuses"))
            for column, is_required, key in ledger.execute(
                'SELECT name, "notnull", pk FROM pragma_table_info(?)', (table,)
            )
            if is_required or key
        }
    rows = (
        (f"`{column}`", kind + ("" if column in required else ", or nothing"), said.get(column, ""))
        for column, kind in columns
    )
    return _rows(("column", "type", "meaning"), rows)


def _listed(names: Sequence[str]) -> Callable[[str, str], str]:
    return lambda _rest, _before: ", ".join(f"`{name}`" for name in names) + "\n"


_KINDS: Mapping[str, Callable[[str, str], str]] = {
    "settings": _settings,
    "front-matter": _front_matter,
    "fields": _fields,
    "options": _options,
    "place-columns": _place_columns,
    "ledger": _ledger_table,
    "condition-columns": _listed(tuple(COLUMNS)),
    "condition-functions": _listed(sorted(FUNCTIONS)),
    "training-agents": _listed(AI_TRAINING_AGENTS),
    "search-agents": _listed(AI_SEARCH_AGENTS),
}
