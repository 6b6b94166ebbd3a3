"""Templates and authors' texts by chance print what Jinja prints, byte for byte."""

from __future__ import annotations

from gettext import NullTranslations

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from jinja2 import TemplateSyntaxError

from generator.render.partial.values import CannotInline
from generator.render.specialize import Specializer
from generator.templating.sandbox import content_environment
from tests.render.specialised import (
    CITIES,
    check,
    environment,
    joined,
    known,
    printed,
)

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
