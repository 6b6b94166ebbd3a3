"""A specialised template prints what Jinja prints, byte for byte."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from gettext import NullTranslations
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, StrictUndefined, TemplateSyntaxError, nodes
from markupsafe import Markup

from generator.jinja_syntax import content_environment
from generator.render.partial.values import CannotInline, Known, Record, Value
from generator.render.specialize import Residual, Specializer


@dataclass(frozen=True)
class City:
    name: str
    county: str | None
    size: int
    twins: tuple[str, ...]
    page: Markup
    facts: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.facts[name]


class Spanish(NullTranslations):
    """A catalogue of a few messages, one of which turns its variables round."""

    _messages = {  # noqa: RUF012
        "%(a)s in %(b)s": "%(b)s <con> %(a)s y 100 %%",
        "plain": "«llano»",
        "one": "%(num)s solo",
        "many %(a)s": "%(num)s muchos %(a)s",
    }

    def gettext(self, message: str) -> str:
        return self._messages.get(message, message)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return self.gettext(singular if n == 1 else plural)


SHARED: dict[str, Any] = {
    "text": "a <b> & 'c'",
    "html": Markup("<i>safe</i>"),
    "number": 3,
    "nothing": None,
    "day": datetime.date(2026, 1, 2),
    "words": ("x<", "", "zz"),
    "pairs": ((1, "one"), (2, "t<wo")),
    "empty": (),
    "lookup": {"k": "v&"},
}
CITIES = (
    City("Wa<co", "McLennan", 5, ("A", "B"), Markup("<em>1</em>"), {"clinics": 3}),
    City("Temple", None, 0, (), Markup(""), {"clinics": 0}),
)
KIND = "ci<ty"


def environment(templates: Mapping[str, str]) -> Environment:
    made = Environment(
        loader=DictLoader(dict(templates)), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, extensions=["jinja2.ext.i18n"],
    )  # fmt: skip
    made.install_gettext_translations(Spanish(), newstyle=True)  # type: ignore[attr-defined]
    return made


def specialised(templates: Mapping[str, str], name: str = "main") -> Residual:
    specializer = Specializer(environment(templates), Spanish(), known())
    return specializer.residual(name, specializer.template(name))


def shared_text(templates: Mapping[str, str]) -> str:
    """What of the template ``main`` all cities share."""
    parts = Specializer(environment(templates), Spanish(), known()).template("main")
    return "".join(part for part in parts if isinstance(part, str))


def known() -> dict[str, Value]:
    shared: dict[str, Value] = {key: Known(value) for key, value in SHARED.items()}
    return {**shared, "city": Record({"kind": Known(KIND)}, nodes.Name("city", "load"))}


@dataclass(frozen=True)
class _WithKind:
    """A city as templates see it, with the field that all share."""

    city: City
    kind: str = KIND

    def __getattr__(self, name: str) -> Any:
        return getattr(self.city, name)

    def __getitem__(self, name: str) -> Any:
        return self.city[name]


def joined(residual: Residual) -> Callable[[dict[str, Any]], str]:
    return lambda names: "".join(residual.pieces(names))


def printed(render: Callable[[dict[str, Any]], str], city: City) -> str:
    try:
        return str(render({**SHARED, "city": _WithKind(city), "other": city.name * 2}))
    except Exception:  # noqa: BLE001 - that it fails is what counts; of several faults either may come first
        return "fails"


def check(templates: Mapping[str, str], name: str = "main") -> Residual:
    """Both print the same for every city; the residual."""
    plain = environment(templates).get_template(name)
    residual = specialised(templates, name)
    for city in CITIES:
        assert printed(joined(residual), city) == printed(plain.render, city)
    return residual


EXAMPLES = {
    "constants": ("{{ text }}{{ html }}{{ number + 1 }}{{ nothing }}{{ day.isoformat() }}{{ words | join('<') }}", 0),
    "a branch on a constant": ("{% if number > 2 %}yes {{ city.name }}{% else %}no{% endif %}", 0),
    "a branch on the page": ("{% if city.county %}{{ city.county }}{% elif number %}none{% endif %}", 0),
    "a loop over constants": ("{% for w in words %}{{ loop.index }}{{ w }}{% if not loop.last %}, {% endif %}{% endfor %}", 0),
    "a loop with a filter and else": ("{% for n, w in pairs if n > 2 %}{{ w }}{% else %}-{{ city.name }}{% endfor %}", 0),
    "a loop over the page": ("{% for t in city.twins %}{{ loop.index }}/{{ loop.length }}{{ t }}{{ text }}{% else %}-{% endfor %}", 0),
    "loops in one another": (
        "{% for t in city.twins %}{% set outer = loop %}{% for w in words %}{{ outer.index }}{{ loop.index }}{{ w }}{% endfor %}"
        "{% for u in city.twins %}{{ outer.index }}{{ loop.revindex }}{{ t }}{{ u }}{% endfor %}{% endfor %}",
        0,
    ),
    "a name that a branch sets": (
        "{% set x = text %}{% if city.county %}{% set x = city.county %}{% endif %}{{ x }}{{ x | upper }}", 0,
    ),
    "a name that only a branch sets": ("{% if city.county %}{% set x = 1 %}{% endif %}{{ x is defined }}{{ x | default('-') }}", 0),
    "a name that a loop sets for itself": ("{% set x = 1 %}{% for w in words %}{{ x }}{% set x = w %}{{ x }}{% endfor %}{{ x }}", 0),
    "a set block": ("{% set x %}<b>{{ city.name }}</b>{% endset %}{{ x }}{{ x }}{% if x %}+{% endif %}{{ x | length }}", 0),
    "a set block of constants": ("{% set x %}<b>{{ text }}</b>{% endset %}{{ x }}{{ x | upper }}", 0),
    "a macro": ("{% macro m(a, b='d') %}[{{ a }}|{{ b }}]{% endmacro %}{{ m(city.name) }}{{ m(text, b=city.size) }}{{ m(m(1)) }}", 0),
    "a macro without an argument that it needs": ("{% macro m(a) %}{{ a is defined }}{% endmacro %}{{ m() }}{{ m(city) }}", 0),
    "a macro with a caller": ("{% macro m() %}<{{ caller() }}>{% endmacro %}{% call m() %}{{ city.name }}{{ text }}{% endcall %}", None),
    "a filter block": ("{% filter upper %}{{ city.name }}{{ text }}{% endfilter %}", 1),
    "an autoescape block": ("{% autoescape false %}{{ city.name }}{{ text }}{% endautoescape %}{{ text }}", 1),
    "with": ("{% with a = city.name, b = text %}{{ a }}{{ b }}{% endwith %}{{ a is defined }}", 0),
    "a recursive loop": ("{% for t in words recursive %}{{ t }}{% endfor %}", 1),
    "cycle": ("{% for w in words %}{{ loop.cycle('a', 'b') }}{% endfor %}", 1),
    "a translation": ("{% trans %}plain{% endtrans %}{% trans a=city.name, b=text %}{{ a }} in {{ b }}{% endtrans %}", 0),
    "a translation with a macro": (
        "{% macro m(a) %}<b>{{ a }}</b>{% endmacro %}{% trans a=m(city.name), b=m(text) %}{{ a }} in {{ b }}{% endtrans %}", 0,
    ),
    "a plural of a constant": ("{% trans num=number, a=city.name %}one{% pluralize %}many {{ a }}{% endtrans %}", 0),
    "a plural of the page": ("{% trans num=city.size, a=text %}one{% pluralize %}many {{ a }}{% endtrans %}", 0),
    "what is safe stays safe": ("{{ html ~ text }}{{ html ~ city.name }}{{ (text ~ html) | safe }}{{ city.page ~ '<' }}", 0),
    "what is folded": ("{{ '<' ~ 'b>' }}{{ '<'|safe ~ '<' }}{{ ('<i>'|safe) ~ city.name }}", 0),
    "lists": ("{{ [1, city.size] | join('-') }}{{ number in [1, 3] }}{{ (1, 2)[1] }}{% set l = [1] %}{{ l.append(2) }}{{ l }}", 0),
    "undefined": ("{{ nobody is defined }}{{ nobody | default('<') }}{{ city.nobody is defined }}", 0),
    "an error on the page": ("{{ text }}{{ city.nobody }}", 0),
    "an error in a branch not taken": ("{% if nothing %}{{ nobody.name }}{% endif %}{{ nothing and nobody.x }}", 0),
    "the shared field": ("{{ city.kind }}{% if city.kind == 'ci<ty' %}!{% endif %}{{ city['clinics'] }}", 0),
    "whitespace": ("  {%- if number %}  a  {%- endif %}\n  {% if city.size %}\n  b\n  {% endif %}\n{{- text -}}  \n c", 0),
    "methods": ("{{ text.upper() }}{{ city.name.upper() }}{{ 'a b'.split() | last }}{{ (city.county or 'x y').split() | last }}", 0),
    "a choice of constants": ("{{ pairs | selectattr(0) | list | length }}{% if not [city] | selectattr('kind') | list %}-{% endif %}", 0),
    "a choice of the page": ("{% if [city] | rejectattr('county') | list %}{{ city.name }}{% endif %}{{ ['a'] | selectattr('x') | list }}", 0),
    "range": ("{% for i in range(3) %}{{ i }}{% endfor %}{% for i in range(city.size) %}{{ i }}{% endfor %}", 0),
    "a namespace": ("{% set ns = namespace(x=1) %}{% for w in words %}{% set ns.x = ns.x + 1 %}{% endfor %}{{ ns.x }}", None),
    "a conditional macro": ("{% macro m(a) %}<{{ a }}>{% endmacro %}{{ (m(city.name) if city.county else '-') ~ text }}", None),
}  # fmt: skip


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_prints_the_same_and_leaves_to_jinja_what_it_must(name: str) -> None:
    source, left = EXAMPLES[name]
    if left is None:
        with pytest.raises(CannotInline):
            specialised({"main": source})
        return
    assert len(check({"main": source}).left) == left


FAMILY = {
    "base": "<{% block title %}base {{ text }}{% endblock %}>{% include 'part' %}{% block body %}{% endblock %}.",
    "middle": "{% extends 'base' %}{% set colour = city.name %}{% block title %}middle {{ super() }}{% endblock %}",
    "main": "{% extends 'middle' %}{% import 'macros' as m %}{% from 'macros' import tag as t %}"
    "{% block title %}{{ super() }} main{% endblock %}"
    "{% block body %}{{ colour }}{{ m.tag(city.name) }}{{ t(text) }}{% for w in words %}{% include 'part' %}{% endfor %}{% endblock %}",
    "part": "[{{ city.county }}{{ w is defined }}{{ colour is defined }}{% set w = 'inside' %}{{ w }}]",
    "macros": "{% macro tag(x) %}<b>{{ x }}{{ text is defined }}</b>{% endmacro %}",
}


def test_inheritance_includes_and_imports_are_flattened() -> None:
    residual = check(FAMILY)
    assert residual.left == ()
    assert len(shared_text(FAMILY)) > 50


def test_an_include_without_context_sees_nothing_of_the_page() -> None:
    part = {"part": "{{ city is defined }}{{ text is defined }}{% set x = 1 %}"}
    check({"main": "{% include 'part' without context %}{{ x is defined }}{{ city.name }}", **part})


LOOPS = {
    "an include": "{% for t in city.twins %}{% include 'loop' %}{% endfor %}",
    "an include beside the name": "{% for t in city.twins %}{{ loop.index }}{% include 'loop' %}{% endfor %}",
    "a loop written out": "{% for w in words %}{% include 'loop' %}{% endfor %}",
    "an inner loop": "{% for t in city.twins %}{{ loop.last }}{% for u in city.twins %}{% include 'loop' %}{% endfor %}{% endfor %}",
    "a macro": "{% macro m() %}{{ loop.index if loop is defined }}x{% endmacro %}{% for t in city.twins %}{{ m() }}{% endfor %}",
    "a block": "{% for t in city.twins %}{% block b %}{{ loop.index if loop is defined }}y{% endblock %}{% endfor %}",
    "a scoped block": "{% for t in city.twins %}{% block b scoped %}{{ loop.index }}{{ t }}{% endblock %}{% endfor %}",
    "what is left to Jinja": "{% for t in city.twins %}{% filter upper %}{% include 'loop' %}{% endfilter %}{% endfor %}",
    "what fails": "{% for t in city.twins %}{% include 'failing' %}{% endfor %}",
}  # fmt: skip


@pytest.mark.parametrize("name", LOOPS)
def test_a_part_knows_of_the_loop_around_it_only_what_jinja_tells_it(name: str) -> None:
    parts = {"loop": "{{ loop.index if loop is defined else '-' }}", "failing": "{{ loop.index }}"}
    check({"main": LOOPS[name], **parts})


@pytest.mark.parametrize(
    "source",
    ["{% block a scoped %}{{ city.name }}{% endblock %}{{ self.a() }}", "{% block a %}{{ super() }}{% endblock %}"],
)
def test_what_reads_a_name_of_its_block_is_left_to_jinja_as_a_whole(source: str) -> None:
    with pytest.raises(CannotInline):
        specialised({"main": source})


def test_a_statement_without_a_line_is_named_with_that_of_what_it_holds() -> None:
    (left,) = check({"main": "a\n{% autoescape false %}{{ city.name }}{% endautoescape %}"}).left
    assert (left.line, left.reason) == (2, "the statement autoescape")


def test_what_is_left_is_named_with_its_template_and_line() -> None:
    residual = check({"main": "a\n{% include 'part' %}", "part": "b\n{% filter upper %}{{ city.name }}{% endfilter %}"})
    (left,) = residual.left
    assert (left.template, left.line, left.reason) == ("part", 2, "the statement filter")


def test_text_that_pages_share_is_joined_once() -> None:
    templates = {"main": "{% for w in words %}<li>{{ w }}</li>{% endfor %}{{ text }}{{ city.name }}"}
    check(templates)
    assert shared_text(templates) == "<li>x&lt;</li><li></li><li>zz</li>a &lt;b&gt; &amp; &#39;c&#39;"


# Templates by chance: every piece is well formed, and may stand in every other.

NAMES = ("text", "html", "number", "nothing", "words", "city.name", "city.county", "city.size", "city.twins", "city.page",
         "city.kind", "city.clinics", "other", "x", "y", "loop.index", "lookup.k", "empty", "nobody")  # fmt: skip
WORDS = st.sampled_from(["a", " b ", "<p>", "&amp;", "\n", "  \n ", "é", "{# note #}", "{{ '{' }}"])


def expressions() -> st.SearchStrategy[str]:
    leaf = st.one_of(
        st.sampled_from(NAMES), st.sampled_from(["1", "0", "'<'", "'q'", "none", "true", "[1, 2]", "('u', 'v<')"])
    )
    return st.recursive(leaf, _compound, max_leaves=4)


def _compound(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or", "~", "==", "!=", "in", "+"]), inner),
        st.builds("(not {})".format, inner),
        st.builds("({} if {} else {})".format, inner, inner, inner),
        st.builds(
            "({} | {})".format,
            inner,
            st.sampled_from(
                ["upper", "length", "default('d')", "default('e', true)", "join('<')", "e", "safe", "first", "last",
                 "string", "list", "replace('a', '<')", "title", "trim", "int", "select | list", "map('upper') | list"]
            ),
        ),
        st.builds("({} is {})".format, inner, st.sampled_from(["defined", "none", "string", "odd", "mapping", "undefined"])),
        st.builds("m({}, {})".format, inner, inner),
        st.builds("m(b={})".format, inner),
        st.builds("_('%(a)s in %(b)s', a={}, b={})".format, inner, inner),
    )  # fmt: skip


def pieces() -> st.SearchStrategy[str]:
    expression = expressions()
    output = st.builds("{{{{ {} }}}}".format, expression)
    setting = st.builds("{{% set {} = {} %}}".format, st.sampled_from(["x", "y"]), expression)
    return st.recursive(st.one_of(WORDS, output, output, setting), _blocks, max_leaves=9)


def _blocks(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    body = st.lists(inner, min_size=1, max_size=3).map("".join)
    expression = expressions()
    return st.one_of(
        st.builds("{{% if {} %}}{}{{% elif {} %}}{}{{% else %}}{}{{% endif %}}".format, expression, body, expression, body, body),
        st.builds("{{%- if {} -%}}{}{{%- endif %}}".format, expression, body),
        st.builds("{{% for {} in {} %}}{}{{% else %}}{}{{% endfor %}}".format, st.sampled_from(["x", "y", "z"]), expression, body, body),
        st.builds("{{% for x in {} if {} %}}{}{{{{ loop.last }}}}{{% endfor %}}".format, expression, expression, body),
        st.builds("{{% set {} %}}{}{{% endset %}}".format, st.sampled_from(["x", "y"]), body),
        st.builds("{{% with x = {} %}}{}{{% endwith %}}".format, expression, body),
        st.builds("{{% filter upper %}}{}{{% endfilter %}}".format, body),
        st.builds("{{% autoescape {} %}}{}{{% endautoescape %}}".format, st.sampled_from(["true", "false", "city.size"]), body),
        st.builds("{{% call c() %}}{}{{% endcall %}}".format, body),
        st.builds("{{% trans a={}, b={} %}}{{{{ a }}}} in {{{{ b }}}}{{% endtrans %}}".format, expression, expression),
        st.just("{% include 'part' %}"),
        st.just("{% block inner %}{{ x | default(city.name) }}{{ loop is defined }}{% endblock %}"),
        st.just("{{ loop.index if loop is defined }}"),
        st.just("{{ self.inner() }}"),
    )  # fmt: skip


BASE = "{% set y = 'base' %}<{% block a %}A{{ y }}{% endblock %}|{% block b %}B{% endblock %}>"
MACROS = "{% macro m(a='<d>', b=none) %}[{{ a }}/{{ b }}]{% endmacro %}"
CALLER = "{% macro c() %}({{ caller() }}){% endmacro %}"


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(top=pieces(), block=pieces(), part=pieces(), with_caller=st.booleans())
def test_any_template_prints_the_same(top: str, block: str, part: str, with_caller: bool) -> None:
    block, part = (text.replace("{% block inner %}", "").replace("{% endblock %}", "") for text in (block, part))
    # The macro with a caller lies in a file of its own, since its template is left to Jinja as a whole.
    imported = "{% from 'macros' import m %}" + ("{% from 'caller' import c %}" if with_caller else "")
    macros = MACROS if with_caller else MACROS + CALLER.replace("caller()", "'called'")
    templates = {
        "main": f"{{% extends 'base' %}}{imported}{{% block a %}}{{{{ super() }}}}{imported}{block}{{% endblock %}}",
        "alone": imported + top,
        "base": BASE,
        "part": part.replace("{% include 'part' %}", ""),
        "macros": macros,
        "caller": CALLER,
    }
    for name in ("main", "alone"):
        source = templates[name]
        if source.count("{% block inner %}") > 1:
            continue
        try:
            environment(templates).get_template(name)
        except Exception:  # noqa: BLE001 - not a template at all
            event("no template")
            continue
        try:
            residual = check(templates, name)
        except CannotInline as reason:
            event(f"left as a whole: {reason}")
        else:
            event("left in part" if residual.left else "specialised")


AUTHORS = {
    "a value": "In {{ city.name }}, {{ text }} {{ number }}: {{ html }}",
    "an empty value": "{% if city.size %}{{ nothing }}{% endif %}{{ city.county }}",
    "a branch": "{% if city %}near {{ city.name }}{% else %}anywhere{% endif %}{% if city.county %} ({{ city.county }}){% endif %}",
    "a set block": "{% set x %}<b>{{ city.name }}</b>{% endset %}{{ x }}{{ x | length }}",
    "a set block of constants": "{% set x %}<b>{{ text }}</b>{% endset %}{{ x }}{{ x ~ text }}",
    "methods": "{{ text.upper() }}{{ city.name.upper() }}{{ '{0.__class__}'.format(city) }}",
    "what a sandbox forbids": "{{ text.__class__ }}",
    "what a sandbox forbids of the page": "{{ city.name.__class__ }}",
    "a list that cannot be changed": "{{ [1].append(2) }}{{ city.name }}",
    "a range that is too long": "{{ range(1000000) | length }}",
    "a concatenation": "{{ html ~ text ~ city.name }}{{ text ~ number }}",
    "a comment": "{## nobody sees this ##}{#shown#}{{ city.name }}",
}  # fmt: skip


def check_text(text: str, autoescape: bool) -> None:
    """An author's text prints the same for every city, as HTML and as plain text."""
    sandbox = content_environment(autoescape)
    plain = sandbox.from_string(text)
    specializer = Specializer(content_environment(autoescape), NullTranslations(), known())
    residual = specializer.residual("text", specializer.source(text))
    for city in CITIES:
        assert printed(joined(residual), city) == printed(plain.render, city)


@pytest.mark.parametrize("autoescape", [True, False])
@pytest.mark.parametrize("name", AUTHORS)
def test_an_authors_text_prints_the_same(name: str, autoescape: bool) -> None:
    check_text(AUTHORS[name], autoescape)


NOT_FOR_AUTHORS = ("m(", "_(", "c()", "trans", "include", "block inner")


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(pieces().filter(lambda text: not any(part in text for part in NOT_FOR_AUTHORS)), st.booleans())
def test_any_text_of_an_author_prints_the_same(text: str, autoescape: bool) -> None:
    try:
        content_environment(autoescape).from_string(text)
    except TemplateSyntaxError:
        event("no text")
        return
    try:
        check_text(text, autoescape)
    except CannotInline as reason:
        event(f"left as a whole: {reason}")
    else:
        event("specialised")
