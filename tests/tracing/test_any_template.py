"""Templates by chance: tracing makes what plain Jinja makes of every row, byte for byte, or leaves the row to it."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st
from jinja2 import Undefined

from generator.tracing.columns import Columns
from tests.tracing.traced import KINDS, Kind, Tracing, environment, places, plain, recalled

NAMES = (
    "place.name", "place.county", "place.population", "place.latitude", "place.page", "place.opened", "place.twins",
    "place.nearby", "place.nearest_larger", "place.is_capital", "place.clinics", "place.note", "place.region.name",
    "place.region.law", "place.rating", "place.mixed", "place", "page.nearby", "page.n", "site.brand", "site.html",
    "site.words", "site.nothing", "x", "y", "n.name", "n.population", "loop.index", "loop.last", "nobody", "ns.v",
)  # fmt: skip
CONSTANTS = ("1", "0", "-0.0", "'<'", "'Austin'", "''", "none", "true", "[1, 2]", "('u', 'v<')", "{'a': 1}", "'%s'")
WORDS = st.sampled_from(["a", " b ", "<p>", "&amp;", "\n", "  \n ", "é", "{{ '{' }}", "%"])
OPERATORS = ("and", "or", "~", "==", "!=", "<", ">=", "in", "not in", "+", "-", "*", "//", "%", "/")
FILTERS = (
    "upper", "length", "default('d')", "default('e', true)", "join('<')", "e", "safe", "first", "last", "string", "list",
    "replace('a', '<')", "title", "trim", "int", "select | list", "map('upper') | list", "map(attribute='name') | join",
    "sort", "unique | list", "round(1)", "abs", "tojson", "striptags", "truncate(3, true)", "batch(2) | list", "number",
    "reverse", "max", "sum", "format(1)", "urlize", "wordcount", "indent", "groupby('name') | length", "items | list",
    "selectattr('population') | list", "xmlattr", "center(9)", "float", "forceescape", "filesizeformat",
)  # fmt: skip
TESTS = ("defined", "none", "string", "odd", "mapping", "undefined", "number", "sequence", "lower", "escaped", "sameas none",
         "in ['Austin', 1]", "eq 'Austin'", "divisibleby 2", "iterable", "true", "boolean")  # fmt: skip
METHODS = ("upper()", "split()", "split('a')", "replace('a', '<')", "startswith('A')", "isoformat()", "count('a')", "keys()",
           "append(1)", "striptags()", "format(1)", "join(['a', 'b'])", "nothing", "name", "year", "items()")  # fmt: skip


def expressions() -> st.SearchStrategy[str]:
    return st.recursive(
        st.sampled_from(NAMES) | st.sampled_from(NAMES) | st.sampled_from(CONSTANTS), _compound, max_leaves=4
    )


def _compound(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operator = st.sampled_from(OPERATORS)
    return st.one_of(
        st.builds("({} {} {})".format, inner, operator, inner),
        st.builds("({} {} {} {} {})".format, inner, st.sampled_from(["<", "==", "in"]), inner, st.sampled_from(["<=", "!="]), inner),
        st.builds("({} {})".format, st.sampled_from(["not", "-"]), inner),
        st.builds("({} if {} else {})".format, inner, inner, inner),
        st.builds("({} | {})".format, inner, st.sampled_from(FILTERS)),
        st.builds("({} | {}({}))".format, inner, st.sampled_from(["default", "join", "replace('a',", "round", "truncate", "map", "sum", "format", "batch"]), inner).map(lambda text: text.replace(",(", ",")),
        st.builds("({} is {})".format, inner, st.sampled_from(TESTS)),
        st.builds("({} is {}({}))".format, inner, st.sampled_from(["eq", "in", "divisibleby", "sameas", "lt"]), inner),
        st.builds("{}.{}".format, inner, st.sampled_from(METHODS)),
        st.builds("{}[{}]".format, inner, inner),
        st.builds("{}[{}:{}]".format, inner, st.sampled_from(["", "1", "place.population % 3"]), st.sampled_from(["", "-1", "2"])),
        st.builds("[{}, {}]".format, inner, inner),
        st.builds("{{'k': {}, 'l': {}}}".format, inner, inner),
        st.builds("m({}, {})".format, inner, inner),
        st.builds("m(b={})".format, inner),
        st.builds("range({})".format, inner),
        st.builds("('%s-%s' % ({}, {}))".format, inner, inner),
        st.builds("('<'|safe).join([{}, {}])".format, inner, inner),
        st.builds("_('%(name)s has care', name={})".format, inner),
    )  # fmt: skip


def pieces() -> st.SearchStrategy[str]:
    expression = expressions()
    output = st.builds("{{{{ {} }}}}".format, expression)
    setting = st.builds("{{% set {} = {} %}}".format, st.sampled_from(["x", "y", "ns.v"]), expression)
    return st.recursive(st.one_of(WORDS, output, output, setting), _blocks, max_leaves=9)


def _blocks(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    body = st.lists(inner, min_size=1, max_size=3).map("".join)
    expression = expressions()
    lists = st.sampled_from(["place.nearby", "place.twins", "place.name", "site.words"]) | expression
    return st.one_of(
        st.builds("{{% if {} %}}{}{{% elif {} %}}{}{{% else %}}{}{{% endif %}}".format, expression, body, expression, body, body),
        st.builds("{{%- if {} -%}}{}{{%- endif %}}".format, expression, body),
        st.builds("{{% for {} in {} %}}{}{{% else %}}{}{{% endfor %}}".format, st.sampled_from(["x", "y", "n"]), lists, body, body),
        st.builds("{{% for n in {} if {} %}}{}{{{{ loop.last }}}}{{{{ loop.changed(n) }}}}{{% endfor %}}".format, lists, expression, body),
        st.builds("{{% for n in {} if {} %}}{}{{% endfor %}}".format, lists, expression, body),
        st.builds("{{% for n in place.nearby %}}{}{{{{ loop.index }}}}{}{{{{ m(n.name, x) }}}}{{{{ loop.first }}}}{{% endfor %}}".format, body, body),
        st.builds("{{% set y %}}{{% for n in place.nearby %}}{}{{% for y in {} %}}{}{{{{ n.path }}}}{{% endfor %}}{{% endfor %}}{{% endset %}}{{{{ y }}}}".format, body, lists, body),
        st.builds("{{% for n in place.nearby recursive %}}{}{{{{ loop(place.nearby) if loop.depth < 2 }}}}{{% endfor %}}".format, body),
        st.builds("{{% set {} %}}{}{{% endset %}}".format, st.sampled_from(["x", "y"]), body),
        st.builds("{{% set x | {} %}}{}{{% endset %}}".format, st.sampled_from(["upper", "length", "striptags"]), body),
        st.builds("{{% with x = {} %}}{}{{% endwith %}}".format, expression, body),
        st.builds("{{% filter {} %}}{}{{% endfilter %}}".format, st.sampled_from(["upper", "length", "e", "replace('a', x)"]), body),
        st.builds("{{% autoescape {} %}}{}{{% endautoescape %}}".format, st.sampled_from(["true", "false"]), body),
        st.builds("{{% call(z) c({}) %}}{}{{{{ z }}}}{{% endcall %}}".format, expression, body),
        st.builds("{{% trans num={}, name={} %}}{{{{ num }}}} clinic in {{{{ name }}}}{{% pluralize %}}{{{{ num }}}} clinics in {{{{ name }}}}{{% endtrans %}}".format, expression, expression),
        st.builds("{{% trans name={} %}}{{{{ name }}}} has care{{% endtrans %}}".format, expression),
        st.builds("{{% include {} ignore missing %}}".format, st.sampled_from(["'part'", "place.name", "['nothing', 'part']"])),
        st.just("{% block inner %}{{ x | default(place.name) }}{{ loop is defined }}{% endblock %}"),
        st.just("{{ self.inner() }}"),
    )  # fmt: skip


BASE = "{% set y = 'base' %}<{% block a %}A{{ y }}{% endblock %}|{% block b %}B{{ place.name }}{% endblock %}>"
MACROS = "{% macro m(a='<d>', b=none) %}[{{ a }}/{{ b }}]{% endmacro %}{% macro c(a) %}({{ caller(a) }}{{ varargs|length }}){% endmacro %}"
START = "{% from 'macros' import m, c %}{% set ns = namespace(v=1) %}{% set x = place.name %}"


def templates(kind: Kind, top: str, block: str, part: str) -> dict[str, str] | None:
    """A set of templates, the first of which is named ``main``; None if there is no such template."""
    block, part = (text.replace("{% block inner %}", "").replace("{% endblock %}", "") for text in (block, part))
    if top.count("{% block inner %}") > 1:
        return None
    made = {
        "main": START + top
        if len(top) % 2
        else f"{{% extends 'base' %}}{START}{{% block a %}}{{{{ super() }}}}{START}{block}{{% endblock %}}",
        "base": BASE,
        "part": part.replace("{% include", "{# ").replace("ignore missing %}", " #}"),
        "macros": MACROS,
        "Austin": "[{{ place.name }}]",
    }
    try:
        environment(kind, made).get_template("main")
        environment(kind, made).get_template("part")
    except Exception:  # noqa: BLE001 - not a template at all
        return None
    return made


# Without the phase that explains: it takes minutes, and says what the template says.
@settings(
    max_examples=150,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)
@given(st.sampled_from(KINDS), pieces(), pieces(), pieces(), st.booleans(), st.permutations(range(0, 64, 3)))
def test_any_template_is_right_or_refused_for_any_block_of_rows(
    kind: Kind, top: str, block: str, part: str, marks: bool, order: list[int]
) -> None:
    made = templates(kind, top, block, part)
    if made is None:
        event("no template")
        return
    tracing = Tracing(kind, made, marks_passages=marks)
    first, second = [places()[at] for at in order[:11]], [places()[at] for at in order[7:]]
    followed = 0
    for rows in (first, second):
        for row, found in zip(rows, tracing.block(rows), strict=True):
            if not isinstance(found, Exception):
                expected = plain(kind, made, row)
                # A generator that is printed is not printed the same twice.
                assert found == expected or (expected and b" at 0x" in expected), made
                followed += 1
    event("followed" if followed else "left")
    fresh = Tracing(kind, made, marks_passages=marks)
    if recalled(tracing, fresh):
        event("kept")
        for found, other in zip(tracing.block(first), fresh.block(first), strict=True):
            assert found == other or isinstance(found, Exception) or b" at 0x" in found, made
    columns = Columns(tracing.expressions, second)
    alone = [columns.only(at) for at in range(len(second))]
    for number in [*tracing.expressions.rows][::3]:
        if tracing.expressions.roots(number):
            continue  # It is an item's, not a row's.
        for at, value in enumerate(columns.column(number)):
            other = alone[at].column(number)[0]
            assert _is_same(value, other), tracing.expressions.rows[number]


def _is_same(value: object, other: object) -> bool:
    """Whether two values are equal; of those that never are, it is enough that they are of one type."""
    if isinstance(value, Undefined):
        return type(value) is type(other)
    return type(value) is type(other) and (value is other or value == other or value != value or "object" in str(value))
