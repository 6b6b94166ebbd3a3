"""A specialised template prints what Jinja prints, byte for byte."""

from __future__ import annotations

import pytest

from generator.render.partial.values import CannotInline
from tests.render.specialised import (
    check,
    shared_text,
    specialised,
)

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
