"""Functions and literals of expressions, each by a key that means the same in every process."""

from __future__ import annotations

import datetime
import decimal
import operator
from ast import literal_eval
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from markupsafe import Markup

OPERATORS: Mapping[str, Callable[..., Any]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.truediv,
    "floordiv": operator.floordiv,
    "mod": operator.mod,
    "pow": operator.pow,
    "neg": operator.neg,
    "pos": operator.pos,
    "item": operator.getitem,
    "iter": list,
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "lteq": operator.le,
    "gt": operator.gt,
    "gteq": operator.ge,
    "in": lambda value, items: value in items,
    "notin": lambda value, items: value not in items,
}

SCALARS = frozenset((int, float, decimal.Decimal, datetime.date, datetime.datetime, datetime.time, datetime.timedelta))
"""Types of values that print without any letter that HTML escapes."""

LITERALS = SCALARS | {str, Markup, bool, type(None)}


def behind_key(kind: Any, *said: Any) -> Any:
    """The operator, the method or the literal of which this is the key; raises LookupError for any other."""
    if kind == "operator":
        return OPERATORS[said[0]]
    if kind == "method":
        return partial(_method, said[0])
    if kind == "literal":
        return _literal(*said)
    raise LookupError(kind)


def _method(name: str, value: Any, *given: Any, **named: Any) -> Any:
    return getattr(value, name)(*given, **named)


def _literal(kind: str, text: str) -> Any:
    """The literal of which ``Recorder.argument`` makes a key of this kind and text."""
    if kind in ("str", "Markup"):
        return text if kind == "str" else Markup(text)  # noqa: S704 - as a template has it
    try:
        return literal_eval(text)
    except (ValueError, SyntaxError):
        raise LookupError(text) from None
