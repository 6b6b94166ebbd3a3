"""Lets an environment of Jinja run templates with recording values.

Wherever Jinja would read the letters of a value (formatting, comparisons, operators, filters, tests, joins, macros and
set blocks) the recorder is asked instead, or the template is refused. Constants pass as they always do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, MutableMapping
from functools import partial
from types import BuiltinMethodType, CodeType, MappingProxyType, MethodType
from typing import Any

from jinja2 import Environment, Template
from jinja2.filters import make_attrgetter
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.utils import Cycler, Joiner, _PassArg, generate_lorem_ipsum
from markupsafe import Markup

from generator.tracing.code_generator import LoopGenerator, PassageGenerator
from generator.tracing.expressions import Refused
from generator.tracing.functions import LITERALS
from generator.tracing.loops import LoopKind, OneItem, run_loop
from generator.tracing.passages import Passages
from generator.tracing.recorder import Recorder
from generator.tracing.values import (
    YIELDING,
    RecordingList,
    RecordingRecord,
    RecordingScalar,
    has_record,
    has_recording,
    is_recording,
    unrolled,
)

_WALKING = frozenset(
    "batch count first items last length list map reject rejectattr reverse select selectattr slice".split()
)
"""Filters that hand the items of a list on as they are, or ask them only what the recorder answers."""

_ENDS: Mapping[str, int] = {"first": 0, "last": -1}
"""Filters that give one item of a list, and which."""

_COLLECTING = frozenset("groupby join max min sort sum unique".split())
"""Filters that read all items of a list, whatever yields them."""

_KINDS = frozenset("defined undefined none callable iterable mapping sequence string".split())
"""Tests that ask only of what kind a value is."""

_ADDING = frozenset("append extend insert".split())
_FINDING = frozenset("count index".split())
_COMPARING = _FINDING | {"remove", "sort"}
"""Methods of lists: those that look at no item, and those that compare items by their own letters."""

_CHANGING = (list, dict, set, Cycler, LoopContext)
_CHANGES = frozenset(
    "add append changed clear discard extend insert next pop popitem remove reset reverse setdefault sort "
    "update".split()
)
"""Methods that change their owner."""

MESSAGES = frozenset("gettext ngettext pgettext npgettext".split())

_CUT = re.compile(r"%(\([^)]*\))?[-#0 +]*[0-9.*][0-9.*]*[hlL]?s")
"""A place in a message that a value is cut to fit, or filled up."""


def record(environment: Environment, recorder: Recorder, *, marks_passages: bool = False) -> Environment:
    """``environment``, into which no template has been loaded, with hooks for the values of ``recorder``.

    Where it ``marks_passages``, text that depends on a decision is put between two passage marks. What
    ``environment`` has of its own must be functions of their arguments alone: ``finalize``, filters and tests. One
    table of expressions serves environments with the same filters, tests and catalogue.
    """
    finalize, autoescape = environment.finalize, environment.autoescape
    if callable(autoescape) or (finalize and _PassArg.from_obj(finalize)):
        raise ValueError("the environment escapes or finalizes by the name of the template")
    environment.bytecode_cache = None
    load, getattr_, getitem = environment._load_template, environment.getattr, environment.getitem

    def finalized(value: Any) -> Any:
        value = unrolled(value)
        if finalize:
            value = finalize(value)
        if isinstance(value, RecordingRecord):
            raise Refused("a whole record that is printed")
        if not is_recording(value) and has_recording(value):
            raise Refused("a list that is printed")
        return recorder.text(value) if type(value) is str else value

    def attribute(owner: Any, name: str) -> Any:
        _refuse_inside(owner, name)
        return getattr_(unrolled(owner), name)

    def item(owner: Any, key: Any) -> Any:
        owner = unrolled(owner)
        if isinstance(key, str):
            _refuse_inside(owner, key)
        return getitem(owner, key if isinstance(owner, str) and is_recording(owner) else _decided(recorder, key))

    environment.code_generator_class = PassageGenerator if marks_passages else LoopGenerator
    environment.context_class = _context_class(recorder)
    environment.template_class = _template_class(recorder)
    environment.filters = {
        name: _filter(environment, recorder, name, found) for name, found in environment.filters.items()
    }
    environment.tests = {
        name: _test(environment, recorder, name, found)  # type: ignore[arg-type]
        for name, found in environment.tests.items()
    }
    environment.finalize = finalized
    environment.getattr, environment.getitem = attribute, item  # type: ignore[assignment, method-assign]
    environment._load_template = lambda name, globals: load(  # type: ignore[method-assign]
        _decided(recorder, name), globals
    )
    environment.recorded = recorder.operate  # type: ignore[attr-defined]
    environment.changing = recorder.changing  # type: ignore[attr-defined]
    environment.loop_run = partial(run_loop, recorder, is_markup=bool(autoescape))  # type: ignore[attr-defined]
    environment.loop_kind = LoopKind  # type: ignore[attr-defined]
    if marks_passages:
        for name, found in Passages(recorder).functions().items():
            setattr(environment, name, found)
    return environment


def _template_class(recorder: Recorder) -> type[Template]:
    class Recorded(Template):
        @classmethod
        def from_code(
            cls,
            environment: Environment,
            code: CodeType,
            globals: MutableMapping[str, Any],
            uptodate: Callable[[], bool] | None = None,
        ) -> Template:
            names: dict[str, Any] = {"environment": environment, "__file__": code.co_filename}
            exec(code, names)  # noqa: S102 - as Jinja itself does it
            names |= {
                "Markup": recorder.markup,
                "identity": lambda value: recorder.text(value) if isinstance(value, str) else value,
                "markup_join": lambda values: recorder.join(values, is_markup=True),
                "str_join": lambda values: recorder.join(values, is_markup=False),
                "LoopContext": _loop_context,
            }
            return cls._from_namespace(environment, names, globals)

    return Recorded


def _loop_context(iterable: Any, *given: Any) -> Any:
    return iterable.pairs() if isinstance(iterable, OneItem) else LoopContext(iterable, *given)


def _context_class(recorder: Recorder) -> type[Context]:
    class Recorded(Context):
        def call(__self, __callable: Any, *given: Any, **named: Any) -> Any:  # noqa: N805 - as Jinja names it
            owner, name = getattr(__callable, "__self__", None), getattr(__callable, "__name__", "")
            if __callable is generate_lorem_ipsum:
                raise Refused("lipsum, which does not give the same each time")
            if isinstance(__callable, (Joiner, Cycler)) or (isinstance(owner, _CHANGING) and name in _CHANGES):
                recorder.changing(owner)
            if name == "changed" and any(type(value) is Markup for value in given):
                raise Refused("loop.changed, which is given HTML")
            is_handed_on = isinstance(__callable, (Macro, LoopContext))
            is_recorded = not is_handed_on and (has_recording(given) or has_recording(_own(named)))
            if is_recorded or (name in _COMPARING and has_recording(owner)):
                found = __self._call_recorded(__callable, given, named)
            else:
                found = super().call(__callable, *given, **named)
            if name in MESSAGES and isinstance(found, str) and _CUT.search(found):
                raise Refused("a message that cuts its values to fit")
            return recorder.text(found) if isinstance(found, str) else found

        def _call_recorded(self, function: Any, given: tuple[Any, ...], named: dict[str, Any]) -> Any:
            owner, name = getattr(function, "__self__", None), getattr(function, "__name__", "")
            if isinstance(function, (MethodType, BuiltinMethodType)):
                if name in MESSAGES:
                    # A catalogue answers for the value: pages with another text are another variant.
                    recorder.functions[name,] = function
                    return recorder.decide("value", recorder.calling((name,), given, _own(named)))
                if type(owner) in LITERALS or (type(owner) in (list, tuple) and name in _FINDING):
                    return recorder.method(owner, name, given, _own(named))
                if type(owner) in (dict, MappingProxyType) and given:
                    return super().call(function, _decided(recorder, given[0]), *given[1:], **named)
                if type(owner) is list and name in _ADDING:
                    return super().call(function, *given, **named)
            if function is dict or function is range or _is_of_jinja(function):
                return super().call(function, *given, **named)
            raise Refused(f"a call of {name or type(function).__name__}")

    return Recorded


def _own(named: Mapping[str, Any]) -> dict[str, Any]:
    """The keyword arguments of a call without those that Jinja adds for itself."""
    return {name: value for name, value in named.items() if name not in ("_loop_vars", "_block_vars")}


def _is_of_jinja(function: Any) -> bool:
    """Whether a callable is one of Jinja's own, which hand values on and read none, or one of a recording value."""
    module = getattr(function, "__module__", None) or type(function).__module__
    return module.startswith(("jinja2.", "generator.tracing."))


def _decided(recorder: Recorder, key: Any) -> Any:
    """``key``, or what it is on this page, if it is recorded: pages with another one are another variant."""
    return recorder.decide("value", recorder.expression(key)) if is_recording(key) else key


def _refuse_inside(owner: Any, name: str) -> None:
    """Raise Refused for an attribute that a recording value has of its own, or of which it cannot tell."""
    if isinstance(owner, str) and is_recording(owner):
        is_offered = hasattr(Markup if isinstance(owner, Markup) else str, name)
    elif isinstance(owner, (RecordingScalar, RecordingRecord)):
        is_offered = name not in ("expression", "recorder")
    elif isinstance(owner, RecordingList):
        is_offered = name not in _CHANGES
    else:
        return
    if name.startswith("_") or not is_offered:
        raise Refused(f"the attribute {name} of a value")


def _filter(
    environment: Environment, recorder: Recorder, name: str, function: Callable[..., Any]
) -> Callable[..., Any]:
    passed = _PassArg.from_obj(function)
    key = ("filter", name, environment.autoescape, environment.sandboxed)
    called = _called(environment, function, passed)
    if name == "unique":
        recorder.functions[key] = lambda *items, **more: [*called(*items, **more)]
    else:
        recorder.functions[key] = called

    def run(*given: Any, **named: Any) -> Any:
        if name in ("random", "shuffle"):
            raise Refused(f"the filter {name}, which does not give the same each time")
        first, (subject, *rest) = (given[:1], given[1:]) if passed else ((), given)
        if name in ("default", "d"):
            return function(subject, *rest, **named)
        if name in ("length", "count") and isinstance(subject, RecordingList) and not (rest or named):
            return RecordingScalar(recorder, recorder.expressions.number("length", subject.expression))
        if name in _ENDS and isinstance(subject, RecordingList) and not (rest or named) and subject:
            # Lists of any length have ends: to unroll them would make each length another variant.
            return recorder.value(recorder.expressions.number("item", subject.expression, _ENDS[name]))
        subject, *rest = map(unrolled, (subject, *rest))
        named = {key: unrolled(value) for key, value in named.items()}
        if name in _COLLECTING and isinstance(subject, YIELDING):
            subject = list(subject)
        # Keys of what are no records may be HTML, which would be compared by its own letters.
        is_grouped = name == "groupby" and isinstance(subject, (list, tuple)) and "default" not in named
        if (name in _WALKING and not is_recording(subject)) or (is_grouped and all(map(_is_record, subject))):
            return function(*first, subject, *rest, **named)
        if name in ("join", "sum") and "attribute" in named and has_record(subject):
            subject = list(map(make_attrgetter(environment, named.pop("attribute")), subject))
        if not has_recording([subject, *rest]) and not has_recording(named):
            return function(*first, subject, *rest, **named)
        if has_record([subject, *rest]) or passed is _PassArg.context:
            raise Refused(f"the filter {name}, which is given records or recorded text")
        found = recorder.call(key, (subject, *rest), named)
        return iter(found) if name == "unique" else found

    return _passing(function, lambda *given, **named: recorder.own(run(*given, **named)))


def _test(environment: Environment, recorder: Recorder, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    passed = _PassArg.from_obj(function)
    key = ("test", name, environment.autoescape, environment.sandboxed)
    recorder.functions[key] = _called(environment, function, passed)

    def run(*given: Any, **named: Any) -> Any:
        subject, *rest = given[1:] if passed else given
        if name == "sameas" and any(isinstance(value, RecordingList) for value in (subject, *rest)):
            raise Refused("the test sameas, which asks for more than a value")
        if name in ("defined", "undefined", "none") and isinstance(subject, RecordingList):
            return function(*given, **named)
        subject, *rest = map(unrolled, (subject, *rest))
        given = (*given[:1], subject, *rest) if passed else (subject, *rest)
        if not has_recording((subject, *rest)) or (name in _KINDS and not is_recording(subject)):
            return function(*given, **named)
        if isinstance(subject, RecordingRecord):
            if name in ("defined", "undefined", "none"):
                return function(*given, **named)
            raise Refused(f"the test {name} of a whole record")
        if name == "sameas":
            raise Refused("the test sameas, which asks for more than a value")
        if passed is _PassArg.context:
            raise Refused(f"the test {name}, which is given recorded text")
        return recorder.call(key, (subject, *rest), named)

    return _passing(function, run)


def _called(environment: Environment, function: Callable[..., Any], passed: _PassArg | None) -> Callable[..., Any]:
    """A filter or a test as a function of its arguments alone, where it is one."""
    if passed is _PassArg.environment:
        return partial(function, environment)
    return partial(function, EvalContext(environment)) if passed is _PassArg.eval_context else function


def _is_record(value: Any) -> bool:
    return isinstance(value, RecordingRecord)


def _passing(function: Callable[..., Any], run: Callable[..., Any]) -> Callable[..., Any]:
    """``run`` with the marks by which Jinja knows what to pass to ``function``."""
    for name in ("jinja_pass_arg", "jinja_async_variant"):
        if hasattr(function, name):
            setattr(run, name, getattr(function, name))
    return run
