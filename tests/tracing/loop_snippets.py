"""Templates with loops over lists of the row, which are followed by item, unrolled, or left to plain Jinja."""

from __future__ import annotations

BY_ITEM = r"""
{% for n in place.nearby %}<li>{{ n.name }}: {{ n.kilometres | number }}, {{ n.population }}</li>{% endfor %}
{% for n in place.nearby %}{{ loop.index }}/{{ loop.length }} {{ loop.index0 }} {{ loop.revindex }} {{ loop.revindex0 }}{% if loop.first %}F{% endif %}{% if not loop.last %}, {% endif %}{% endfor %}
{% for n in place.nearby %}{% for m in place.nearby %}{{ n.name }}-{{ m.name }} {{ loop.index }}{% endfor %}{{ loop.index }};{% endfor %}
{% for n in place.nearby %}{% for t in place.twins %}{{ n.name }}{{ t }}{% if t == n.name %}!{% endif %}{% endfor %}{% endfor %}
{% for n in place.nearby %}{% for c in n.name %}<{{ c }}>{% endfor %}{% for c in n.path.split("/") %}{{ c }}{% endfor %}{% endfor %}
{% for n in place.nearby %}{{ place.name }}{% if place.county %}{{ place.county }}{% endif %}{% if n.population > place.population %}>{% endif %}{% endfor %}
{% for n in place.nearby %}{% if n.region_label %}{{ n.region_label }}{% else %}-{% endif %}{% endfor %}{% if place.nearby %}some{% endif %}
{% set x = 1 %}{% for n in place.nearby %}{{ x }}{% set x = n.name %}{{ x }}{% endfor %}{{ x }}{% set x = 2 %}{{ x }}
{% set n = place.county %}{% for n in place.nearby %}{{ n.name }}{% endfor %}{{ n }}{% for place in place.nearby %}{{ place.name }}{% endfor %}{{ place.name }}
{% for n in place.nearby if n.population > 10 %}{{ n.name }}{% endfor %}
{% for n in place.nearby %}{{ n.name }}{% else %}none for {{ place.name }}{% endfor %}
{% for t in place.twins %}{{ t | upper }}{{ t | length }}{{ t ~ place.name }}{% if t == "x" %}X{% endif %}{% endfor %}
{% for t in place.twins %}<a title="{{ t }}" href='/{{ t | urlencode }}/'>{{ t | e }}{{ t | safe }}</a>{{ place.page }}{% endfor %}
{% for w in place.name.split("a") %}{{ w }}{% if not w %}_{% endif %}{% endfor %}{% for w in place.name | list %}{{ w | upper }}{% endfor %}
{% for w in (place.name ~ " " ~ place.county).split() %}{{ loop.index }}{{ w }}{% endfor %}
{% for n in place.nearby %}{% set away %}{{ n.name }} ({{ n.kilometres }}){% endset %}{{ away }}{{ away | length }}{% endfor %}
{% macro m(n, more) %}[{{ n.name }}{% for t in more %}{{ t }}{% endfor %}]{% endmacro %}{% for n in place.nearby %}{{ m(n, place.twins) }}{% endfor %}{{ m(place, [1]) }}
{% macro all(items) %}{% for n in items %}{{ n.name }}{{ caller(n) if caller }}{% endfor %}{% endmacro %}{{ all(place.nearby) }}{{ all(page.nearby) | length }}{% call(n) all(place.nearby) %}{{ n.path }}{% endcall %}
{% set x %}{% for n in place.nearby %}{{ n.name }}{% endfor %}{% endset %}{{ x }}{{ x | length }}{{ x | upper }}{% if x == "Waco" %}W{% endif %}{% if x %}has{% endif %}
{% filter replace("a", "<") %}{% for n in place.nearby %}{{ n.name }}a{% endfor %}{% endfilter %}
{% for n in place.nearby or place.twins %}x{{ loop.last }}{% endfor %}{% for n in place.nearby if place.county %}{{ n.name }}{% endfor %}
{% for n in (place.nearby if place.county else []) %}{{ n.name }}{% endfor %}{% for n in place.nearby | default([]) %}{{ n.name }}{% endfor %}
{{ place.nearby | length }}{{ place.nearby | count > 2 }}{{ (place.nearby | length) * 2 }}{% if place.twins | length > 1 %}twins{% endif %}
{% for n in place.nearby %}{{ loop is defined }}{{ n is defined }}{% endfor %}{{ loop is defined }}
{% for n in place.nearby %}{% trans num=n.population, name=n.name %}{{ num }} clinic in {{ name }}{% pluralize %}{{ num }} clinics in {{ name }}{% endtrans %}{% endfor %}
{% for n in place.nearby %}{% for w in site.words %}{{ n.name }}{{ w }}{{ loop.cycle("a", "b") }}{{ loop.changed(w) }}{% endfor %}{% endfor %}
{% for w in site.words %}{% for n in place.nearby %}{{ loop.index }}{{ w }}{{ n.name }}{% endfor %}{% endfor %}
{% for n in place.nearby %}{{ n.name }}{% endfor %}{% for n in place.nearby %}{{ n.name }}{% endfor %}{% for n in page.nearby %}{{ n.path }}{% endfor %}
{% set g = site.words | map("upper") %}{% for w in g %}{{ w }}{% endfor %}{% for n in place.nearby %}{% for w in site.words | map("upper") %}{{ w }}{% endfor %}{% endfor %}
{% for n in place.nearby %}{% with x = n.name %}{{ x }}{% endwith %}{{ [n.name, place.name] | join(",") if loop.first }}{{ n.name in place.twins }}{% endfor %}
{% for n in [] %}{% else %}{% for n in place.nearby %}{{ n.name }}{% else %}none{% endfor %}{% endfor %}
{% for n in place.nearby %}{% include "nothing" ignore missing %}{{ n.name }}{% endfor %}{% if place.nearby and not place.twins %}x{% endif %}
{% for n in place.nearby %}{{ 1 // n.population if n.population }}{{ n.name[0] }}{% endfor %}
"""

UNROLLED = r"""
{% for n in place.nearby %}{{ loop.cycle("a", "b") }}{{ loop.changed(n.region_label) }}{{ loop.previtem is defined }}{{ loop.nextitem.name if loop.nextitem }}{{ loop.depth }}{% endfor %}
{% for n in place.nearby if n.population > 10 %}{{ loop.index }}{{ n.name }}{{ loop.last }}{% endfor %}
{% for n in place.nearby if n.population > 10 %}{{ n.name }}{% else %}none{% endfor %}
{% set ns = namespace(v=0) %}{% for n in place.nearby %}{% set ns.v = ns.v + n.population %}{{ ns.v }}{% endfor %}{{ ns.v }}
{% set comma = joiner(", ") %}{% for n in place.nearby %}{{ comma() }}{{ n.name }}{% endfor %}{{ comma() }}
{% set row = cycler("odd", "even") %}{% for n in place.nearby %}{{ row.next() }}{{ n.name }}{% endfor %}{{ row.current }}
{% set l = ["a"] %}{% for n in place.nearby %}{% set _ = l.append(n.name) %}{{ l | length }}{% endfor %}{{ l | last }}{{ l | length }}
{% set d = {} %}{% for n in place.nearby %}{{ d.setdefault("first", n.name) }}{% endfor %}{{ d.first }}
{% set g = site.words | map("upper") %}{% for n in place.nearby %}{% for w in g %}{{ w }}{% endfor %}|{% endfor %}
{% macro count(ns, n) %}{% set ns.v = ns.v + 1 %}{{ ns.v }}{% endmacro %}{% set ns = namespace(v=0) %}{% for n in place.nearby %}{{ count(ns, n) }}{% endfor %}
{% for w in site.words %}{% set outer = loop %}{% for n in place.nearby %}{{ outer.changed(w) }}{{ outer.index }}{{ n.name }}{% endfor %}{% endfor %}
{% for n in place.nearby recursive %}{{ n.name }}{{ loop(place.nearby) if loop.depth < 2 }}{% endfor %}
{% macro m(l) %}{{ l.index }}{{ l.nextitem is defined }}{% endmacro %}{% for n in place.nearby %}{{ m(loop) }}{% endfor %}
{% for n in place.nearby[1:] %}{{ n.name }}{% endfor %}{% for n in place.nearby | reverse %}{{ n.name }}{% endfor %}{% for n in place.nearby | list %}{{ n.name }}{% endfor %}
{% for some in place.nearby | batch(2) %}{% for n in some %}{{ n.name }}{% endfor %};{% endfor %}{% for some in place.nearby | slice(2) %}{{ some | length }}{% endfor %}
{% for t in place.twins | sort %}{{ t }}{% endfor %}{% for label, some in place.nearby | groupby("region_label") %}{{ some | length }}{% endfor %}
{{ place.nearby | map(attribute="name") | join("<") }}{{ (place.nearby | first).name if place.nearby }}{{ (place.twins + ["x"]) | length }}{{ place.twins == ["b<"] }}
{% set first, second = place.nearby[0:2] if place.nearby | length > 1 else [1, 2] %}{{ first.name }}{{ place.twins | join("-") }}{{ "b<" in place.twins }}
{{ place.twins is iterable }}{{ place.twins is sequence }}{{ place.twins is string }}{{ place.nearby is defined }}{{ place.nearby is none }}{{ place.twins.index("b<") if place.twins == ["b<"] }}
"""

LEFT = r"""
# a whole record that is printed
{% for n in place.nearby %}{{ n }}{% endfor %}
# a list that is printed
{% for n in place.nearby %}{{ place.twins }}{% endfor %}
# a number that equals nothing, or is too long to print
{% for n in place.nearby %}{{ place.share }}{% endfor %}
# the test sameas, which asks for more than a value
{{ place.twins is sameas place.twins }}
# the attribute append of a value
{{ place.twins.append is defined }}
# a list as a key
{{ {place.nearby: 1} | length }}
"""


def lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.strip().splitlines() if not line.startswith("# "))


def left() -> dict[str, str]:
    """Templates that rows are left with, and why."""
    found, reason = {}, ""
    for line in LEFT.strip().splitlines():
        if line.startswith("# "):
            reason = line[2:]
        else:
            found[line] = reason
    return found
