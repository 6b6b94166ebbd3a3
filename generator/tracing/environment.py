"""Lets an environment of Jinja run templates with recording values.

Wherever Jinja would read the letters of a value (formatting, comparisons, operators, filters, tests, joins, macros and
set blocks) the recorder is asked instead, or the template is refused. Constants pass as they always do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from types import BuiltinMethodType, CodeType, MethodType
from typing import Any

from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame, optimizeconst
from jinja2.runtime import Context, Macro
from jinja2.utils import _PassArg
from markupsafe import Markup, escape

from generator.tracing.expressions import Refused
from generator.tracing.passages import Passages
from generator.tracing.recorder import Recorder
from generator.tracing.values import RecordingRecord, has_record, has_recording, is_recording

_WALKING = frozenset(
    "batch count first groupby items last length list map reject rejectattr reverse select selectattr slice".split()
)
"""Filters that hand the items of a list on as they are, or ask them only what the recorder answers."""

_CHANCE = frozenset({"random", "shuffle"})

_KINDS = frozenset("defined undefined none callable iterable mapping sequence string".split())
"""Tests that ask only of what kind a value is."""


def record(environment: Environment, recorder: Recorder, *, marks_passages: bool = False) -> Environment:
    """``environment``, into which no template has been loaded, with hooks for the values of ``recorder``.

    Where it ``marks_passages``, what stands on a page because of a decision is put between two passage marks.
    """
    finalize, autoescape = environment.finalize, bool(environment.autoescape)

    def finalized(value: Any) -> Any:
        if finalize:
            value = finalize(value)
        if isinstance(value, RecordingRecord):
            raise Refused("a whole record that is printed")
        if not is_recording(value) and has_recording(value):
            raise Refused("a list that is printed")
        return recorder.text(value) if type(value) is str else value

    environment.code_generator_class = _PassageGenerator if marks_passages else _CodeGenerator
    environment.context_class = _context_class(recorder)
    environment.template_class = _template_class(recorder)
    environment.filters = {
        name: _filter(recorder, autoescape, name, found) for name, found in environment.filters.items()
    }
    environment.tests = {name: _test(recorder, autoescape, name, found) for name, found in environment.tests.items()}
    environment.finalize = finalized
    environment.recorded = recorder.operate  # type: ignore[attr-defined]
    if marks_passages:
        for name, found in Passages(recorder).functions().items():
            setattr(environment, name, found)
    return environment


class _CodeGenerator(CodeGenerator):
    """Writes operators and comparisons as calls that the recorder can meet."""

    def _operator(self, name: str, frame: Frame, *operands: nodes.Node) -> None:
        self.write(f"environment.recorded({name!r}")
        for operand in operands:
            self.write(", ")
            self.visit(operand, frame)
        self.write(")")

    @optimizeconst
    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:
        if len(node.ops) == 1:
            self._operator(node.ops[0].op, frame, node.expr, node.ops[0].expr)
        else:
            super().visit_Compare(node, frame)

    def visit_ScopedEvalContextModifier(self, node: nodes.ScopedEvalContextModifier, frame: Frame) -> None:
        raise Refused("{% autoescape %}")

    def visit_EvalContextModifier(self, node: nodes.EvalContextModifier, frame: Frame) -> None:
        raise Refused("{% autoescape %}")


class _PassageGenerator(_CodeGenerator):
    """Puts the branches of conditions between marks, as ``Passages`` says."""

    _conditions = 0

    def visit_If(self, node: nodes.If, frame: Frame) -> None:
        key = nodes.Const(self._conditions)
        self._conditions += 1
        self.writeline(f"environment.passage_asked({key.value!r})")
        for branch in (node, *node.elif_):
            branch.body = [_call("passage_begin", key), *branch.body, _call("passage_end", key)]
        if node.else_:
            node.else_ = [_call("passage_begin", key), *node.else_, _call("passage_end", key)]
        super().visit_If(node, frame)

    @optimizeconst
    def visit_CondExpr(self, node: nodes.CondExpr, frame: Frame) -> None:
        self.write("environment.passage_chosen(environment.passage_count(), ")
        super().visit_CondExpr(node, frame)
        self.write(")")


def _call(name: str, key: nodes.Const) -> nodes.Output:
    return nodes.Output([nodes.Call(nodes.EnvironmentAttribute(name), [key], [], None, None)])


def _binary(name: str) -> Callable[[_CodeGenerator, nodes.BinExpr, Frame], None]:
    @optimizeconst
    def visit(self: _CodeGenerator, node: nodes.BinExpr, frame: Frame) -> None:
        self._operator(name, frame, node.left, node.right)

    return visit


def _unary(name: str) -> Callable[[_CodeGenerator, nodes.UnaryExpr, Frame], None]:
    @optimizeconst
    def visit(self: _CodeGenerator, node: nodes.UnaryExpr, frame: Frame) -> None:
        self._operator(name, frame, node.node)

    return visit


for _name in ("Add", "Sub", "Mul", "Div", "FloorDiv", "Mod", "Pow"):
    setattr(_CodeGenerator, f"visit_{_name}", _binary(_name.lower()))
for _name in ("Neg", "Pos"):
    setattr(_CodeGenerator, f"visit_{_name}", _unary(_name.lower()))


def _template_class(recorder: Recorder) -> type[Template]:
    def escaped(value: Any) -> Any:
        return escape(recorder.text(value) if type(value) is str else value)

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
                "escape": escaped,
                "identity": lambda value: recorder.text(value) if isinstance(value, str) else value,
                "markup_join": lambda values: recorder.join(values, is_markup=True),
                "str_join": lambda values: recorder.join(values, is_markup=False),
            }
            return cls._from_namespace(environment, names, globals)

    return Recorded


def _context_class(recorder: Recorder) -> type[Context]:
    class Recorded(Context):
        def call(__self, __callable: Any, *given: Any, **named: Any) -> Any:  # noqa: N805 - as Jinja names it
            if has_recording(given) or has_recording(named):
                found = __self._call_recorded(__callable, given, named)
            else:
                found = super().call(__callable, *given, **named)
            return recorder.text(found) if isinstance(found, str) else found

        def _call_recorded(self, function: Any, given: tuple[Any, ...], named: dict[str, Any]) -> Any:
            if isinstance(function, (MethodType, BuiltinMethodType)):
                owner, name = function.__self__, function.__name__
                if type(owner) in (str, Markup, int, float):
                    return recorder.method(owner, name, given, _own(named))
                if name in ("gettext", "ngettext", "pgettext", "npgettext"):
                    # A catalogue answers for the value: pages with another text are another variant.
                    return recorder.decide("value", recorder.calling((name,), function, given, _own(named)))
            elif not _is_of_jinja(function):
                raise Refused(f"a call of {getattr(function, '__name__', type(function).__name__)}")
            return super().call(function, *given, **named)

    return Recorded


def _own(named: Mapping[str, Any]) -> dict[str, Any]:
    """The keyword arguments of a call without those that Jinja adds for itself."""
    return {name: value for name, value in named.items() if name not in ("_loop_vars", "_block_vars")}


def _is_of_jinja(function: Any) -> bool:
    """Whether a callable is one of Jinja's own, which hand values on and read none, or one of a recording value."""
    if isinstance(function, (Macro, type)):
        return True
    module = getattr(function, "__module__", None) or type(function).__module__
    return module.startswith("jinja2.") or module.startswith("generator.tracing.")


def _filter(recorder: Recorder, autoescape: bool, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    passed = _PassArg.from_obj(function)
    key = ("filter", name, "html" if autoescape else "text")

    def run(*given: Any, **named: Any) -> Any:
        if not has_recording(given[1:] if passed else given) and not has_recording(named):
            return function(*given, **named)
        if name in _CHANCE:
            raise Refused(f"the filter {name}, which does not give the same each time")
        subject = given[1] if passed else given[0]
        if name in _WALKING and not is_recording(subject):
            return function(*given, **named)
        if has_record(given) or passed is _PassArg.context:
            raise Refused(f"the filter {name}, which is given records or recorded text")
        if passed:
            return recorder.call(key, _bound(function, given[0]), given[1:], named)
        return recorder.call(key, function, given, named)

    return _passing(function, run)


def _bound(function: Callable[..., Any], first: Any) -> Callable[..., Any]:
    def run(*given: Any, **named: Any) -> Any:
        return function(first, *given, **named)

    return run


def _test(recorder: Recorder, autoescape: bool, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    passed = _PassArg.from_obj(function)

    def run(*given: Any, **named: Any) -> Any:
        subject, *rest = given[1:] if passed else given
        if not has_recording((subject, *rest)):
            return function(*given, **named)
        if name in _KINDS and not is_recording(subject):
            return function(*given, **named)
        if isinstance(subject, RecordingRecord):
            if name in ("defined", "undefined", "none"):
                return name == "defined"
            raise Refused(f"the test {name} of a whole record")
        if passed:
            return recorder.call(
                ("test", name, "html" if autoescape else "text"), _bound(function, given[0]), given[1:], named
            )
        return recorder.call(("test", name, "html" if autoescape else "text"), function, given, named)

    return _passing(function, run)


def _passing(function: Callable[..., Any], run: Callable[..., Any]) -> Callable[..., Any]:
    """``run`` with the marks by which Jinja knows what to pass to ``function``."""
    for name in ("jinja_pass_arg", "jinja_async_variant"):
        if hasattr(function, name):
            setattr(run, name, getattr(function, name))
    return run
