"""Code generators of templates that hand operators, conditions and loops to a recorder."""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, optimizeconst

from generator.tracing.expressions import Refused


class TracingGenerator(CodeGenerator):
    """Writes operators and comparisons as calls of the recorder."""

    def operator(self, name: str, frame: Frame, *operands: nodes.Node) -> None:
        self.write(f"environment.recorded({name!r}")
        for operand in operands:
            self.write(", ")
            self.visit(operand, frame)
        self.write(")")

    @optimizeconst
    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:
        left: nodes.Expr = node.expr
        self.write("(")
        for operand in node.ops:
            # Each operand is worked out once, and only if the comparisons before hold.
            right = self.temporary_identifier()
            self.write(f"environment.recorded({operand.op!r}, ")
            self.visit(left, frame)
            self.write(f", ({right} := ")
            self.visit(operand.expr, frame)
            self.write(")) and " if operand is not node.ops[-1] else ")))")
            left = _code(right)

    def visit_NSRef(self, node: nodes.NSRef, frame: Frame) -> None:
        self.writeline(f"environment.changing({frame.symbols.ref(node.name)})[{node.attr!r}]")

    def visit_ScopedEvalContextModifier(self, node: nodes.ScopedEvalContextModifier, frame: Frame) -> None:
        raise Refused("{% autoescape %}")

    def visit_EvalContextModifier(self, node: nodes.EvalContextModifier, frame: Frame) -> None:
        raise Refused("{% autoescape %}")


class PassageGenerator(TracingGenerator):
    """Puts the branches of conditions between marks, as ``Passages`` says."""

    def visit_If(self, node: nodes.If, frame: Frame) -> None:
        before, is_marked = self.temporary_identifier(), self.temporary_identifier()
        self.writeline(f"{before} = environment.passage_count()")
        asked = f"({is_marked} := environment.passage_count() != {before})"
        begin = nodes.Output([_code(f"environment.passage_edge('begin', {asked})")])
        end = nodes.Output([_code(f"environment.passage_edge('end', {is_marked})")])
        for branch in (node, *node.elif_):
            branch.body = [begin, *branch.body, end]
        if node.else_:
            node.else_ = [begin, *node.else_, end]
        super().visit_If(node, frame)

    @optimizeconst
    def visit_CondExpr(self, node: nodes.CondExpr, frame: Frame) -> None:
        self.write("environment.passage_chosen(environment.passage_count(), ")
        super().visit_CondExpr(node, frame)
        self.write(")")


class LoopGenerator(TracingGenerator):
    """Makes the body of a loop a function, so that it can be run for a value that stands for many items."""

    def visit_For(self, node: nodes.For, frame: Frame) -> None:
        if (
            node.recursive
            or any(map(node.find, _LEAVING))
            or any(not part.with_context for part in node.find_all(nodes.Include))
        ):
            super().visit_For(node, frame)
            return
        is_counted = any(name.name == "loop" for name in node.find_all(nodes.Name)) or bool(node.find(nodes.Block))
        kind = f"environment.loop_kind({bool(node.else_)}, {node.test is not None}, {is_counted})"
        body, inner = self.temporary_identifier(), frame.inner()
        self.writeline(f"def {body}(iterated):", node)
        self.indent()
        self.buffer(inner)
        listed, node.iter = node.iter, _code("iterated")
        super().visit_For(node, inner)
        self.return_buffer_contents(inner)
        self.outdent()
        self.start_write(frame, node)
        self.write("environment.loop_run(")
        self.visit(listed, frame)
        self.write(f", {body}, {kind})")
        self.end_write(frame)


_LEAVING: tuple[type[nodes.Node], ...] = (nodes.Break, nodes.Continue, nodes.Extends)
"""Statements that a function cannot execute for the code around it."""


def _code(text: str) -> nodes.Expr:
    """Python as it stands."""
    node = object.__new__(nodes.InternalName)
    nodes.Node.__init__(node, text)
    return node


def _binary(name: str) -> Callable[[TracingGenerator, nodes.BinExpr, Frame], None]:
    @optimizeconst
    def visit(self: TracingGenerator, node: nodes.BinExpr, frame: Frame) -> None:
        self.operator(name, frame, node.left, node.right)

    return visit


def _unary(name: str) -> Callable[[TracingGenerator, nodes.UnaryExpr, Frame], None]:
    @optimizeconst
    def visit(self: TracingGenerator, node: nodes.UnaryExpr, frame: Frame) -> None:
        self.operator(name, frame, node.node)

    return visit


for _name in ("Add", "Sub", "Mul", "Div", "FloorDiv", "Mod", "Pow"):
    setattr(TracingGenerator, f"visit_{_name}", _binary(_name.lower()))
for _name in ("Neg", "Pos"):
    setattr(TracingGenerator, f"visit_{_name}", _unary(_name.lower()))
