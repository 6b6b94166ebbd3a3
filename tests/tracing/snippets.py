"""Templates that try to print, compare or measure a recording value's own letters, or lose sight of its row."""

from __future__ import annotations

from collections.abc import Iterator

_OF_THE_SPIKE = r"""
{{ place.name|upper }}|{{ place.name.lower() }}
{{ place.name[0] }}{{ place.name[:3] }}{{ place.name[-1] }}
{{ place.name ~ "&x" }}
{{ (place.name ~ "x")|length }}
{% if (place.name ~ "") == "Austin" %}A{% else %}B{% endif %}
{{ "%s!" % place.name }}{{ "%s-%s" % (place.name, place.county) }}
{{ "%14s" % place.name }}{{ "%05d" % place.population }}
{{ place.name|replace("a","<b>") }}
{{ place.population // 1000 }} {{ place.population / 7 }} {{ place.population * 2 + 1 }} {{ -place.longitude }}
{% if place.population > 50000 %}big{% elif place.population >= 30000 %}mid{% else %}small{% endif %}
{% for c in place.name %}<{{ c }}>{% endfor %}
{{ place.name.split()|join("-") }}
{{ place.population|round(-3)|int }} {{ place.latitude|round(1) }}
{{ place.name|wordcount }} {{ place.name|length }}
{{ place.name in ["Austin","Dallas"] }} {{ "an" in place.name }}
{% set x = {"Austin":1} %}{{ x.get(place.name, 0) }}{{ x[place.name]|default(3) if place.name in x else 4 }}
{{ place.name|urlencode }} {{ place.name|tojson }}
{{ page.nearby|map(attribute="name")|join(", ") }}
{{ page.nearby|selectattr("population", "gt", 60000)|list|length }}
{{ page.nearby|sum(attribute="population") }} {{ (page.nearby|map(attribute="kilometres")|list|max)|round(2) }}
{{ page.nearby[0].name }} {{ page.nearby|last and "x" }}
{{ place.name|e }}{{ place.name|safe }}{{ place.name|striptags }}{{ place.name|truncate(5) }}
{{ place.county|default("x", true) }}{{ place.county or "none" }}{{ place.county is none }}
{{ place.name|first }}{{ place.name|last }}{{ place.name|reverse }}
{{ "a" if place.name < "M" else "b" }}{{ [place.name, "Mm"]|max }}
{{ place.name.startswith("A") }}{{ place.name.title().swapcase() }}{{ place.name|center(20) }}
{{ place.population|filesizeformat }}{{ place.population|string|length }}
{{ place.name == place.region.name }}{{ place.name != "Austin" }}
{{ place.name * 2 }}{{ place.name + "x" }}{{ "x" + place.name }}
{{ place.name is string }}{{ place.population is number }}{{ place.population is divisibleby 2 }}{{ place.name is eq "Austin" }}{{ place.name is in ["Austin"] }}{{ place.population is even }}
{{ place.name|list|length }}{{ place.name|sort|join }}{{ place.name|unique|join }}
{% set ns = namespace(t=0) %}{% for n in page.nearby %}{% set ns.t = ns.t + n.population %}{% endfor %}{{ ns.t }}
{% for n in page.nearby if n.population > place.population %}{{ n.name }},{% else %}none{% endfor %}
{% for n in page.nearby %}{{ loop.index }}{{ loop.cycle("a","b") }}{{ loop.changed(n.region_label) }}{% endfor %}
{% for k, g in page.nearby|groupby("region_label") %}{{ k }}:{{ g|length }};{% endfor %}
{% macro m(t) %}[{{ t }}]{{ t|length }}{% endmacro %}{{ m(place.name) }}{{ m("x" ~ place.name) }}{{ m(place.name)|length }}
{% set block %}{{ place.county }}{% endset %}{% if block %}has{% else %}no{% endif %}{{ block|length }}{{ block|upper }}
{{ (place.name ~ " " ~ place.county).upper() }}{{ (place.name ~ "b").replace("b","") }}
{{ place.name|wordwrap(4) }}{{ place.name|format }}{{ place.name|indent }}{{ place.name|xmlattr if false else "" }}
{{ place.latitude > 40 and place.longitude < -90 }}{{ not place.county }}{{ place.county and place.county.endswith("County") }}
{{ place.population|int(0) + 5 }}{{ place.latitude|abs }}{{ place.longitude|abs|round(0, "floor")|int }}
{{ place.time_zone.split("/")[1].replace("_", " ") }}{{ place.region.medical_board|upper }}
{% if "Saint" in place.name ~ "Saint" %}x{% endif %}{{ (place.name ~ "abc")[:2] }}{{ place.name.count("a") + 1 }}
{% trans n=place.population, name=place.name %}{{ name }} has one{% pluralize n %}{{ name }} has {{ n }}{% endtrans %}
{{ place.region.path }}{% if place.region.path == "/p/texas/" %}T{% endif %}{{ place.region.path|length }}{{ page.nearby[0].path.split("/")[2] }}
"""

_TEXTS = r"""
{% set l = [place.name, "b"] %}{% set _ = l.remove("zz") if place.name == "zz" %}{% set _ = l.extend([place.county]) %}{{ l|length }}{{ l|first }}{{ l.index("b") }}{% set _ = l.reverse() %}{{ l|last }}
{% set x %}Austin{% endset %}{{ [place.name].count(x) }}{{ (x, place.name).index(x) }}{{ [x].index(place.name) if place.name == x }}
{{ place.name|list|join("|") }}{{ place.name|reverse|upper }}{{ place.name.translate({97: "<"}) }}{{ place.name.expandtabs() }}{{ place.name.casefold() }}{{ place.name.center(9) }}
{{ place.name }}{{ place.county }}{{ place.page }}{{ place.name|safe }}
<a title="{{ place.name }}" href='/{{ place.name|urlencode }}/'>{{ place.name|e }}</a>
{{ place.page|e }}{{ place.page|forceescape }}{{ place.name|e|e }}{{ (place.name|e) ~ "<" }}{{ place.page|string|e }}
{{ place.page|striptags }}{{ place.page.striptags() }}{{ place.page.unescape() }}{{ place.page|length }}
{{ place.name.striptags() }}
{{ place.page ~ place.name }}{{ place.name ~ place.page }}{{ (place.page ~ place.name)|length }}{{ place.name ~ 1 ~ none }}
{{ place.page + place.name }}{{ place.name + place.page }}{{ place.page + "<" }}{{ "<" + place.page }}
{{ site.html ~ place.name }}{{ site.html + place.name }}{{ (site.html + place.name)|length }}{{ site.brand + place.name }}
{{ site.html % place.name }}
{{ ("<b>%s</b>"|safe) % place.name }}{{ ("<b>%s</b>"|safe)|format(place.name) }}{{ "<b>%s</b>"|format(place.name) }}
{{ ("<b>%s%d</b>"|safe) % (place.name, place.population) }}{{ "%(a)s %(b)5.1f" % {"a": place.name, "b": place.latitude} }}
{{ place.name % 5 }}
{{ (place.name ~ "%s") % "x" }}
{{ "<".join([place.name, "a"]) }}{{ ", ".join(page.nearby|map(attribute="name")) }}
{{ ("<br>"|safe).join(page.nearby|map(attribute="name")) }}{{ ("<br>"|safe).join(place.name) }}
{{ "-".join(place.name) }}{{ place.name.join(["a", "b"]) }}{{ place.name.join("ab") }}
{{ place.name[place.population % 3:] }}{{ place.name[::-1] }}{{ "abcdef"[place.population % 3] }}{{ "abcdef"[:place.population % 5] }}
{{ "abcdef"[place.population % 3:][::2] }}{{ [1, 2, 3][place.population % 3] }}{{ site.words[place.population % 3] }}
{{ site.lookup[place.name] is defined }}{{ site.lookup[place.name]|default("-") }}{{ site.lookup.get(place.name, place.county) }}
{{ {}[place.name] is defined }}{{ {"a": 1}["ke" ~ ("ys" if place.is_capital else "x")] is defined }}
{% set key %}Austin{% endset %}{{ {key: 1}[place.name]|default(0) }}{{ {key: 1}.get(place.name) }}
{% set key %}Austin{% endset %}{{ key in [place.name] }}{{ place.name in [key] }}{{ [key].count(place.name) }}{{ key == place.name }}{{ place.name == key }}
{{ place.name in "Austin, Texas" }}{{ place.name not in "Austin" }}{{ "" in place.name }}{{ place.name in place.name ~ "x" }}
{{ place.name in {"Austin": 1} }}{{ "a" in {"a": place.name} }}{{ place.name in {"x": place.name}.values() }}{{ place.name in site.words }}
{{ "A" < place.name < "T" }}{{ "a" < place.name in "abc Austin" }}{{ 1 < place.population <= 21 }}{{ 0 == place.latitude == -0.0 }}
{{ "Waco" in page.nearby|map(attribute="name") }}{{ place.name not in page.nearby|map(attribute="name")|list }}
{{ place.name == "Austin" == true }}{{ place.name is eq place.region.name }}{{ place.name is ne "x" }}{{ place.name is lt "B" }}
{{ place.name is upper }}{{ place.name is lower }}{{ place.name is escaped }}{{ place.page is escaped }}{{ (place.name|e) is escaped }}
{{ place.name is iterable }}{{ place.name is sequence }}{{ place.name is mapping }}{{ place.name is callable }}{{ place.name is defined }}{{ place.name is none }}
{{ place.name.upper is callable }}{{ place.name is boolean }}{{ place.name is integer }}{{ place.name is float }}{{ place.name is number }}
{{ place.name|default("-") }}{{ nobody|default(place.name) }}{{ place.county|d("-") }}{{ place.county|d(place.name, true) }}{{ place.nothing|default(place.page) }}
{{ place.name|trim("A") }}{{ place.name|trim }}{{ place.name|title }}{{ place.name|capitalize }}{{ place.name|indent(2, true) }}{{ place.name|pprint }}
{{ place.name|truncate(place.population % 9 + 4, true, "…", 0) }}{{ place.name|center(place.population % 30) }}{{ place.name|wordwrap(place.population % 3 + 1, true, "<br>") }}
{{ place.name|replace(place.name[:1], place.county or "") }}{{ "Austin"|replace(place.name, "<x>") }}{{ place.page|replace("1", place.name) }}
{{ place.name|urlize }}{{ ("www.example.com/" ~ place.name)|urlize(10, true, target="_blank") }}{{ place.name|urlencode|upper }}{{ {"q": place.name}|urlencode }}
{{ {"id": place.name, "class": none, "data": place.population}|xmlattr }}{{ {"id": place.page}|xmlattr(false) }}
{{ place.name|tojson }}{{ [place.name, place.population, place.county, {"a": place.page}]|tojson }}{{ place.name|tojson(2)|length }}
{{ place.name|int }}{{ place.name|int(7) }}{{ place.name|float(0.5) }}{{ place.name|filesizeformat(true) }}
{{ place.population|filesizeformat(true) }}{{ place.name|wordcount + 1 }}{{ (place.name|wordcount) * "x" }}
{{ place.name|sort|join("<") }}{{ place.name|unique|join("<") }}{{ place.name|max }}{{ place.name|min }}
{{ (place.name ~ place.county)|upper|lower|title|length }}{{ (place.name|upper ~ "<")|e|length }}
{{ place.name.partition(" ")[2] }}{{ place.name.rsplit(None, 1)[-1] }}{{ place.name.splitlines()|length }}{{ place.page.split(">")[0] }}{{ place.page.partition("<")|length }}
{{ place.name.find("a") }}{{ place.name.index("") }}{{ place.name.isalpha() }}{{ place.name.zfill(70) }}{{ place.name.ljust(9, "·") }}|{{ place.name.removeprefix("A") }}
{{ place.name.index("zz") }}
{{ place.name|string }}{{ place.population|string ~ 1 }}{{ place.name|string|safe }}
{{ (place.name ~ "")|safe }}{{ (place.name|upper)|safe }}{{ (place.page ~ "")|e }}{{ (place.name ~ "<")|e ~ "<" }}
"""

_NUMBERS = r"""
{{ "x" * (place.population % 4) }}{{ place.name * (place.population % 3) }}{{ 3 * place.name }}{{ place.seen.utcoffset() }}
{{ place.population + place.latitude }}{{ place.population ** 2 }}{{ 2 ** (place.population % 5) }}{{ place.population % 7 }}{{ +place.latitude }}
{{ 100 / place.population }}
{{ 100 // place.population if place.population else "-" }}{{ place.latitude - 0.0 }}{{ place.latitude * -1 }}{{ -place.latitude }}{{ 0.0 * place.longitude }}
{{ place.latitude == 0 }}{{ place.latitude is eq -0.0 }}{{ place.latitude ~ "" }}{{ [place.latitude, 0.0]|min }}{{ [0, -0.0, place.latitude]|unique|join }}
{{ place.latitude in [0, -0.0] }}{{ {0: "zero"}[place.latitude]|default("-") }}{{ {1: "one"}[place.population]|default("-") }}
{{ place.is_capital }}{{ place.is_capital + 1 }}{{ not place.is_capital }}{{ place.is_capital == 1 }}{{ place.is_capital ~ "" }}{{ [place.is_capital]|join }}
{{ 1 if place.mixed else 0 }}{{ place.mixed|string }}{{ place.mixed is number }}{{ place.mixed is boolean }}
{{ place.mixed + 1 }}
{{ place.population|round }}{{ place.latitude|round(place.population % 3) }}{{ place.longitude|round(1, "ceil") }}{{ place.latitude|int }}{{ place.population|float }}{{ place.population|abs }}
{{ place.population|number }}{{ place.latitude|number }}{{ page.n|number }}
{{ place.name|number }}
{{ place.population.bit_length() }}{{ place.population.real }}{{ place.latitude.is_integer() }}{{ place.longitude.as_integer_ratio()[0] }}{{ place.population.nothing is defined }}
{{ "%d %5.2f %s %r" % (place.population, place.latitude, place.population, place.latitude) }}{{ "%05d|%x"|format(place.population, place.population) }}{{ "%c" % (place.population % 90 + 33) }}
{{ ([place.name] * 2)|join("<") }}{{ ([1] * (place.population % 3))|length }}{{ ([1] + [place.population])|sum }}
{% for i in range(place.population % 5) %}{{ i }}{{ loop.last }}{% endfor %}{{ range(1, place.population % 9, 2)|list|length }}
{{ range(place.population % 7)|sum }}{{ place.population in range(5) }}{{ range(place.latitude)|list }}
{{ [place.population, 21, 3.5]|max }}{{ [place.population, 1]|sum }}{{ [1, 2]|sum(start=place.population) }}{{ (1, place.latitude)|min }}
{{ page.nearby|map(attribute="population")|sum }}{{ page.nearby|map(attribute="population")|max }}
{{ page.nearby|map(attribute="kilometres")|sort|join(" ") }}{{ page.nearby|map(attribute="kilometres")|sort(reverse=true)|first }}
{{ page.nearby|map(attribute="region_label")|unique|list|length }}{{ page.nearby|map(attribute="name")|unique|join("<") }}
{{ place.population is divisibleby place.population }}
{{ place.population is divisibleby 3 }}{{ place.population is odd }}{{ place.population is integer }}{{ place.latitude is float }}{{ place.population is gt 20 }}{{ 5 is lt place.population }}{{ place.population is ge page.n }}
{{ place.population and place.latitude or "none" }}{{ (place.population or place.name) ~ "" }}{{ place.latitude and 1 }}
{{ 1 if place.population }}{{ place.population if place.population > 20 else place.name }}
{{ place.population == place.population }}{{ place.population < place.big }}{{ place.name < place.population }}
{{ place.population == "0" }}{{ place.population ~ "" == "0" }}{{ place.population|string == "0" }}
{% set x %}{{ place.population }}{% endset %}{{ x|length }}{{ x == "0" }}{{ x == 0 }}{{ x ~ 1 }}{{ x|int + 1 }}
{% set x %}{{ place.population }}{% endset %}{{ x + 1 }}
{% set x %}{{ place.population }}{% endset %}{{ x + "1" }}{{ x * 2 }}{{ x is number }}{{ x in "012" }}{{ x|tojson }}
{{ place.opened }}{{ place.opened is none }}{{ place.opened == site.day }}{{ place.opened and place.opened < site.day }}
{{ place.opened.year if place.opened }}{{ place.opened.isoformat() if place.opened else "-" }}{{ place.opened.strftime("%d.%m") if place.opened }}
{{ (site.day - place.opened).days if place.opened }}{{ place.seen.date() == site.day }}{{ place.seen.isoformat(sep=" ") }}{{ place.seen.replace(microsecond=0) }}
{{ site.day.strftime(place.name) }}
{{ place.opened.replace(year=2020) if place.opened }}{{ site.day.replace(day=place.population % 9 + 1) }}
{{ place.opened.weekday() + 1 if place.opened }}{{ place.opened.year // 100 if place.opened }}{{ [place.opened, site.day]|min if place.opened }}
{{ place.opened|string|length }}{{ place.opened ~ "" }}{{ [place.opened, none]|join("/") }}{{ place.opened|tojson }}
"""

_FLOW = r"""
{{ {"class": place.name}|xmlattr }}{{ [place.name, place.county]|join("&") }}{{ place is none }}{{ place is undefined }}{{ place.region is defined }}
{{ (page.nearby|map(attribute="name")|list) == ["Waco"] }}{{ page.nearby|join("<", attribute="name") }}{{ page.nearby|join(attribute="population") }}
{% if place.name %}{{ place.name }}{% elif place.county %}{{ place.county }}{% else %}-{% endif %}{% if not place.name and place.county %}x{% endif %}
{% if place.nearby %}{{ place.nearby|length }}{% endif %}{% if place.nearest_larger %}{{ place.nearest_larger.name }}{% else %}largest{% endif %}
{{ place.nearest_larger.name if place.nearest_larger else "none" }}{{ (place.nearest_larger or place).name }}{{ place.nearest_larger is none }}{{ place.nearest_larger == none }}{{ none != place.nearest_larger }}
{{ place.nearest_larger.name }}
{{ (place.name, place.population)|string }}
{{ {"a": place.name}.values()|join("<") }}{{ {"a": place.name}|dictsort|first|last }}{{ {"b": 1, "a": place.population}|dictsort(by="value")|first|first }}
{{ {"a": place.name}|items|list|length }}{{ {"a": place.name}.a }}{{ {"a": place.name}["a"] }}{{ dict(a=place.name).a }}{{ dict(a=place.name)|length }}
{{ namespace(a=place.name).a }}{% set ns = namespace() %}{% set ns.x = place.name %}{{ ns.x }}{{ ns.x|length }}
{% set ns = namespace(found=false) %}{% for n in page.nearby %}{% if n.population > place.population %}{% set ns.found = true %}{% endif %}{% endfor %}{{ ns.found }}
{% set ns = namespace(all="") %}{% for n in page.nearby %}{% set ns.all = ns.all ~ n.name ~ ", " %}{% endfor %}{{ ns.all }}{{ ns.all|length }}{{ ns.all[:-2] }}
{% for n in page.nearby %}{{ loop.index }}/{{ loop.length }}{{ loop.revindex }}{{ loop.first }}{{ loop.last }}{{ n.name }}{{ loop.previtem.name if not loop.first }}{{ loop.nextitem.name if not loop.last }}{% endfor %}
{% for n in page.nearby %}{% for m in page.nearby %}{{ n.name < m.name }}{{ n.name == m.name }}{% endfor %}{% endfor %}
{% for n in page.nearby %}{% if loop.changed(n.name) %}{{ n.name }}{% endif %}{% endfor %}{% for n in page.nearby %}{{ loop.changed(n.kilometres) }}{% endfor %}
{% for n in page.nearby %}{{ loop.cycle(place.name, n.name) }}{% endfor %}{{ cycler(place.name, "b").next() }}{% set j = joiner(place.name) %}{{ j() }}{{ j() }}
{% for t in place.twins %}{{ t }}{{ loop.index0 }}{% else %}none{% endfor %}{% for t in place.twins if t != "x" %}{{ t }}{% else %}none{% endfor %}{{ place.twins|length }}{{ place.twins|join("<") }}
{{ "x" in place.twins }}{{ place.twins == ["b<"] }}{{ place.twins == [] }}{{ place.twins|unique|join }}{{ place.twins|first|default("-") }}{{ place.twins[0]|default("-") }}{{ place.twins.index("b<") if "b<" in place.twins }}
{{ place.twins|sort|join }}{{ place.twins|map("upper")|join }}{{ place.twins|reject("equalto", "x")|list|length }}{{ place.twins|select|list|length }}{{ place.twins|batch(2, place.name)|map("join", "+")|join("/") }}{{ place.twins|slice(2)|map("length")|join }}
{{ place.twins[:1]|join }}{{ place.twins[::-1]|join }}{{ place.twins|reverse|join }}{{ (place.twins + ["y"])|join }}{{ (place.twins * 2)|join }}
{{ page.nearby|selectattr("region_label")|map(attribute="name")|join }}{{ page.nearby|rejectattr("name", "in", ["Waco", place.name])|list|length }}{{ page.nearby|selectattr("region_label", "none")|list|length }}
{{ page.nearby|map(attribute="nothing", default=place.name)|join }}{{ page.nearby|map(attribute="name.0")|join }}{{ page.nearby|map(attribute="name")|map("length")|sum }}{{ page.nearby|map(attribute="name")|map("replace", "a", place.name)|join }}
{{ page.nearby|sum(attribute="population", start=place.population) }}{{ page.nearby|join(place.name, attribute="name")|length }}
{{ page.nearby|map(attribute="name")|length }}
{{ page.nearby|map(attribute="name")|tojson }}
{{ page.nearby|map(attribute="name")|list|tojson }}{{ page.nearby|map(attribute="name")|list|length }}{{ page.nearby|map(attribute="name")|first|default("-") }}{{ page.nearby|map(attribute="name")|join("<")|safe }}
{% for k, g in page.nearby|selectattr("region_label")|groupby("region_label") %}{{ k }}{{ g|map(attribute="name")|join(",") }}{% endfor %}
{% for g in page.nearby|groupby("name", case_sensitive=true) %}{{ g.grouper }}{{ g.list|length }}{% endfor %}
{% for n in page.nearby recursive %}{{ n.name }}{% if loop.depth < 2 %}({{ loop(page.nearby) }}){% endif %}{% endfor %}
{% for n in page.nearby %}{{ n.name }}{% if not loop.last %}, {% endif %}{% endfor %}{% for n in page.nearby[:2] %}{{ n.path }}{% endfor %}{{ page.nearby[:place.population]|length }}
{% for a, b in [(place.name, 1), ("x", place.population)] %}{{ a }}{{ b }}{% endfor %}{% for a, b in {"k": place.name}.items() %}{{ a }}{{ b }}{% endfor %}{% for k in {"k": place.name} %}{{ k }}{% endfor %}
{% set a, b = place.name, place.county %}{{ b }}{{ a }}{% set l = [place.name] %}{% set _ = l.append(place.county) %}{{ l|length }}{{ l|last }}{{ l.count(place.name) }}
{% for c in place.name|upper %}{{ c }}{{ loop.length }}{% endfor %}{% for c in place.page %}{{ c }}{% endfor %}
{% with a = place.name, b = place.population + 1 %}{{ a }}{{ b }}{% endwith %}{% set a = place.name %}{% set b = a %}{{ b|length }}{{ a == b }}
{% set a %}{{ place.name }}{% endset %}{{ a }}{{ a|length }}{{ a == place.name }}{{ a ~ "<" }}{{ a|e }}{{ a|safe }}{% if a %}+{% endif %}{{ a is escaped }}
{% set a %}<b>{{ place.page }}{{ place.name }}</b>{% endset %}{{ a|striptags }}{{ a|upper }}{{ a[1:4] }}{{ a ~ place.name }}{{ a is string }}
{% set a | upper %}<b>{{ place.name }}</b>{% endset %}{{ a }}{{ a|length }}
{% set a | string | replace("a", "<") %}{{ place.name }}{% endset %}{{ a }}{{ a ~ "<" }}
{% set a | striptags %}<b>{{ place.name }}</b> &lt;{% endset %}{{ a }}{{ a ~ "<" }}{{ a|length }}
{% set a | length %}{{ place.name }}{% endset %}{{ a }}{{ a ~ 1 }}{{ a|length }}
{% filter upper %}{{ place.name }}<i>{% endfilter %}{% filter length %}{{ place.name }}{% endfilter %}{% filter replace("a", place.county or "") %}a{{ place.name }}{% endfilter %}
{% filter striptags %}<b>{{ place.page }}</b>{{ place.name }}{% endfilter %}{% filter trim | title %} {{ place.name }} {% endfilter %}{% filter e %}{{ place.page }}{% endfilter %}
{% macro m(a, b="<d>", c=place.name) %}[{{ a }}|{{ b }}|{{ c }}]{% endmacro %}{{ m(1) }}{{ m(place.name, place.county) }}{{ m(b=place.page, a=m(place.name)) }}{{ m("x")|length }}
{% macro m() %}{{ varargs|join("<") }}{{ kwargs.a }}{{ varargs|length }}{{ kwargs|length }}{% endmacro %}{{ m(place.name, 2, a=place.county) }}{{ m(*place.name, **{"a": place.name}) }}{{ m(*place.nearby|map(attribute="name"), a=1) }}
{% macro m(a) %}{{ a|upper }}{{ caller(a, place.county) }}{% endmacro %}{% call(x, y) m(place.name) %}<{{ x }}{{ y }}{{ x == y }}>{% endcall %}
{% macro m(a) %}{% if a %}{{ a }}{% else %}-{% endif %}{% endmacro %}{{ m(place.name) == place.name }}{{ m(place.county) ~ "<" }}{{ m("")|length }}{{ m(place.name).upper() }}{{ m(place.name)|e }}
{% macro m(n) %}{{ n.name }}{% if n.population > 100 %}*{% endif %}{% endmacro %}{% for n in page.nearby %}{{ m(n) }}{% endfor %}{{ m(place) }}
{% macro m(n) %}{{ n }}{% if n > 0 %}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(place.population % 4) }}
{% macro m(a) %}{{ a }}{% endmacro %}{{ m(place.name, 1) }}
{% macro m(a) %}{{ a }}{% endmacro %}{{ m() is string }}{{ m(nobody) }}
{% macro m(a) %}{{ a }}{% endmacro %}{{ m.name }}{{ m.arguments|length }}{{ m(m) }}
{{ loop is defined }}{{ self is defined }}{{ caller is defined }}{{ place is defined }}{{ place.name is defined }}{{ place.nothing is defined }}{{ nobody is defined }}{{ nobody is undefined }}
{{ nobody }}
{{ place.nothing }}
{{ place["name"] }}{{ place["clinics"]|default("-") }}{{ place.clinics|default(0) + 1 }}{{ place.clinics is defined }}{{ place["nothing"] is defined }}{{ place.region["law"] }}{{ place.region.law|upper if place.region.law else "-" }}
{{ place.note|default("-") }}{{ place.note }}{% if place.note %}n{% endif %}
{% block a %}{{ place.name }}{% endblock %}{{ self.a() }}{{ self.a()|length }}{{ self.a() == place.name }}
{% block a scoped %}{{ place.name|upper }}{% set x = place.name %}{{ x }}{% endblock %}{% if self.a() %}y{% endif %}
{{ page.n + place.population }}{{ page.nothing is defined }}{{ page["nearby"]|length }}{{ site.nothing is none }}{{ site.words|join(place.name) }}{{ (site.words|list + [place.name])|join("<") }}
{{ site.brand ~ place.name }}{{ [site.html, place.name]|join }}{{ [site.html, place.name]|join("<") }}{{ [place.name, site.brand]|join("<"|safe) }}{{ [place.page, place.name]|join(place.name) }}
{{ place.name if place.is_capital else site.html }}{{ (place.name if place.is_capital else "<") ~ site.html }}{{ ("a" if place.is_capital else "b")|upper }}{{ ("a" if place.population > 5 else "") ~ place.name }}
{% set x = "a" if place.is_capital else "b" %}{{ x == "a" }}{{ x|length }}{{ site.lookup[x]|default(x) }}{% if x == "b" %}{{ x }}{% endif %}{{ [x, "a"]|unique|join }}{{ x in "abc" }}{{ {"a": 1}[x]|default(0) }}
{% if place.is_capital %}{% set x = "one" %}{% else %}{% set x = place.name %}{% endif %}{{ x }}{{ x|length }}{% if place.is_capital %}a{% if place.population %}b{% endif %}c{% endif %}
{% set x %}{% if place.is_capital %}one{% elif place.name %}two{% endif %}{% endset %}{% if x %}{{ x }}{% else %}none{% endif %}{{ x|length }}{{ x == "one" }}{{ x ~ "!" }}{{ x|upper }}{{ x|first|default("-") }}
{{ page.nearby|map(attribute="name" if place.is_capital else "path")|join }}{{ page.nearby|join(", " if place.is_capital else "; ", attribute="name") }}{{ place.latitude|round(0 if place.is_capital else 1, "ceil" if place.is_capital else "floor") }}
{% for i in range(3 if place.is_capital else 2) %}{% if place.population > i %}{{ i }}{% endif %}{% endfor %}
{{ "a<" }}{{ 1.5 }}{{ none }}{{ true }}{{ [1, "a<"] }}{{ "a" ~ 1 }}{{ 1 + 1 }}{{ "x"|upper }}{{ ("<b>"|safe) ~ "<" }}{{ 3 < 4 < 5 }}{{ 1 in [1] }}{{ -5 // 2 }}{{ 2 ** -1 }}{{ "a" if 1 > 2 }}
{{ (place.name, 1) == (place.name, 1) }}{{ [place.name, place.county] == ["Austin", none] }}{{ (place.name,) < ("B",) }}{{ {"a": place.name} == {"a": "Austin"} }}{{ [[place.name]] == [["Austin"]] }}
{{ [place.population, place.name]|join(place.county or "-") }}{{ [place.county, place.opened, place.latitude]|join("<")|length }}{{ [none, place.name]|select|join }}{{ [place.name, place.county]|select("string")|join }}{{ [[place.name, 1], [2]]|map("first")|join }}
{{ [place.name, "a"]|sort|join }}{{ [place.name, "a"]|map("length")|max }}{{ [place.name|upper, place.name]|first }}{{ [place.name]|length + 1 }}{{ ([place.name]|first)|length }}{{ [3, place.population]|sort|first }}{{ [place.name, "Austin"]|unique|list|length }}
"""

_MESSAGES = r"""
{% trans %}plain{% endtrans %}{% trans name=place.name %}{{ name }} has care{% endtrans %}{{ _("plain") }}{{ gettext("plain")|length }}{{ _("%(name)s has care", name=place.name)|length }}
{% trans num=place.population, name=place.name %}{{ num }} clinic in {{ name }}{% pluralize %}{{ num }} clinics in {{ name }}{% endtrans %}
{% trans name=place.name, num=page.nearby|length %}{{ num }} clinic in {{ name }}{% pluralize num %}{{ num }} clinics in {{ name }}{% endtrans %}
{% trans name=place.page %}{{ name }} has care{% endtrans %}{% trans name=place.name|upper %}{{ name }} has care{% endtrans %}{% trans name=place.population %}{{ name }} has care{% endtrans %}
{% macro b(t) %}<b>{{ t }}</b>{% endmacro %}{% trans name=b(place.name) %}{{ name }} has care{% endtrans %}{% set x %}{% trans name=place.name %}{{ name }} has care{% endtrans %}{% endset %}{{ x|striptags|upper }}
{% trans num=place.population %}digits {{ num }}{% endtrans %}
{{ pgettext("distance", "close") }}{{ place.name }}{{ _("%(name)s has care") }}
{{ _("%(a)s 100%%", a=place.name) }}{% trans name=place.county %}{{ name }} has care{% endtrans %}{% trans trimmed a=place.name %} x {{ a }} y {% endtrans %}{{ _("x")|upper ~ place.name }}
"""

_REFUSED = r"""
# a call of __add__
{{ (5).__add__(place.population) }}
# a call of format
{{ "{:>12}|{}".format(place.name, place.population) }}
{{ ("<b>{}</b>"|safe).format(place.name) }}{{ ("<i>|</i>"|safe).join([place.name, place.page]) }}
{{ "{:,}".format(place.population) }}
# a field that only the page names / the attribute __class__ of a value
{{ place[place.name] is defined }}{{ place["na" ~ "me"] }}{{ place[1] is defined }}{{ place["__class__"] is defined }}
# a key that only the page knows
{{ {"class": place.name}|xmlattr }}{{ [place.name, place.county]|join("&") }}{{ {place.name: 1}|length }}
{% set key %}Austin{% endset %}{{ {key: 1, place.name: 2}|length }}
{{ {place.name: place.county}|items|list }}
{{ {place.time_zone: 1}|xmlattr }}
# a key that only the page knows / the filter lower, which is given records or recorded text / the filter upper, which is given records or recorded text
{{ page.nearby|map("upper" if place.is_capital else "lower")|join }}
# a list that is printed
{{ place.name|list }}
{{ place.mixed }}|{{ place.mixed ~ "x" }}|{{ [place.mixed]|join("-") }}
{{ "x" * (place.population % 4) }}{{ place.name * (place.population % 3) }}{{ [place.name] * 2 }}
{{ place.nearby }}
{{ [place.name] }}
{{ page.nearby|map(attribute="name") }}
{{ place.twins[:1] }}
# a message that cuts its values to fit
{% trans name=place.name %}cut {{ name }}{% endtrans %}
# a number that equals nothing, or is too long to print
{{ 10 ** (place.population % 5000) }}
{{ place.big }}
{{ place.share }}{{ place.share == place.share }}
{{ place.share in [place.share] }}{{ place.share > 1 }}
{{ place.rating }}{{ place.rating + 1 }}{{ place.rating == 4.5 }}
{{ place.rating.quantize(place.rating) }}{{ place.rating.is_nan() }}{{ place.rating|round(1) }}
{% for n in page.nearby %}{{ loop.changed(place.share) }}{% endfor %}
# a recorded text that formats others
{{ place.name.format(1) }}
{{ place.page.format(place.name) }}
{{ place.name.format_map({}) }}
# a text with a character that stands for values here
{{ site.marked }}{{ place.name }}
{{ "\ufdd03\ufdd1" }}{{ place.name }}
{{ place.name }}{{ "\ufdd0" ~ place.name ~ "\ufdd1" }}
{{ "%c0%c" % (64976, 64977) }}{{ place.name }}{{ "&#64976;0&#64977;"|striptags }}
{{ place.name.replace("A", "\ufdd0") }}{{ (place.name ~ "\ufdd0")|length }}{{ place.name == "\ufdd00\ufdd1" }}{{ "\ufdd0" in place.name }}
{% trans %}none{% endtrans %}{{ place.name }}
{{ ngettext("%(num)s clinic in %(name)s", "%(num)s clinics in %(name)s", place.population, name=place.name) }}{{ _(place.name) }}
# a value beside a generator
{{ page.nearby|map(attribute="name")|upper }}
# a value of the kind builtins.builtin_function_or_method
{{ place.name|attr("upper") }}
# a value of the kind builtins.bytes
{{ place.name.encode("utf-8") }}
{{ place.name.encode("utf-8")|length }}
{{ place.population.to_bytes(9, "big")|length }}
# a value of the kind builtins.dict
{{ place.name.translate({97: "<"}) }}{{ place.name.expandtabs() }}{{ place.name.casefold() }}{{ place.name.center(9) }}{{ place.name.maketrans("a", "b")|length }}
# a value of the kind builtins.generator
{{ place.name|list|join("|") }}{{ place.name|batch(2)|list|length }}
{{ place.name|reverse|upper }}{{ place.name|slice(2)|list|length }}{{ place.name|select("equalto", "a")|list|length }}
# a value of the kind datetime.timezone
{{ place.seen - place.seen }}{{ place.seen.utcoffset() }}{{ place.seen.tzinfo }}
# a value that cannot be worked out
{{ place.name["upper"]() }}
# a value within a list that is printed
{{ "x" ~ [place.name] }}
{{ {"a": place.name}.items() ~ "" }}
{{ namespace(a=place.name) }}
# a whole record that is handed on
{{ place == place }}
{{ place in [place] }}
# a whole record that is printed
{{ place }}
# a whole record that is printed or compared
{{ place ~ "" }}
{{ page.nearby ~ "" }}
{% for n in page.nearby %}{{ loop.changed(n) }}{% endfor %}
# a call of remove
{% set l = [place.name, "b"] %}{% set _ = l.remove(place.name) %}{{ l|length }}
# a call of sort
{% set l = [place.name, "b"] %}{% set _ = l.sort() %}{{ l|first }}
# loop.changed, which is given HTML
{% set x %}Austin{% endset %}{% for n in [1, 2] %}{{ loop.changed(place.name if loop.index == 2 else x) }}{% endfor %}
# a value of the kind jinja2.filters._GroupTuple
{% set x %}Austin{% endset %}{% for g in [{"k": x}, {"k": place.name}, {"k": "Waco"}]|groupby("k") %}{{ g.grouper }}{{ g.list|length }}{% endfor %}
# lipsum, which does not give the same each time
{{ lipsum(1) }}{{ place.name }}
# the attribute __class__ of a value
{{ place.name.__class__.__name__ }}{{ place.name.__len__() }}
# the attribute _expression of a value
{{ place._expression is defined }}{{ place.__class__.__name__ }}
# the attribute expression of a value
{{ place.name.expression is defined }}{{ place.population.recorder is defined }}
{{ place.name["expression"] is defined }}
# the attribute striptags of a value
{{ place.name.striptags is defined }}{{ place.name.nothing is defined }}
# the filter attr, which is given records or recorded text
{{ place|attr("name") }}
{{ (page.nearby|map(attribute="name")|list) == ["Waco"] }}{{ page.nearby|map("attr", "name")|join }}
# the filter map, which is given records or recorded text
{{ place.name|map("upper")|join }}{{ range(place.population % 4)|list }}
# the filter random, which does not give the same each time
{{ [1, 2, 3]|random }}{{ place.name }}
{{ place.name|random }}
# the filter sort, which is given records or recorded text
{{ page.nearby|sort(attribute="name")|map(attribute="name")|join("/") }}
{{ page.nearby|sort(attribute="kilometres", reverse=true)|map(attribute="name")|first }}
# the filter string, which is given records or recorded text
{{ page.nearby|string|length }}
# the filter sum, which is given records or recorded text
{{ page.nearby|join("<", attribute="name") }}{{ page.nearby|sum("population") }}{{ page.nearby|max(attribute="population") is defined }}
# the test mapping of a whole record
{{ place is none }}{{ place is undefined }}{{ place.region is defined }}{{ place is mapping }}
# the test sameas, which asks for more than a value
{{ place.name is sameas place.name }}
{{ place.county is sameas none }}{{ place.is_capital is sameas true }}
{{ place.mixed == 1 }}{{ place.mixed == "1" }}{{ place.mixed is sameas true }}{{ {1: "a"}[place.mixed] is defined }}
# {% autoescape %}
{% autoescape false %}{{ place.name }}{% endautoescape %}
"""


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.strip().split("\n"))


def _refused() -> Iterator[tuple[str, tuple[str, ...]]]:
    reasons: tuple[str, ...] = ()
    for line in _lines(_REFUSED):
        if line.startswith("# "):
            reasons = tuple(line[2:].split(" / "))
        else:
            yield line, reasons


REFUSED = dict(_refused())
"""Why rows that plain Jinja can print are left to it."""

SNIPPETS = (*(line for text in (_OF_THE_SPIKE, _TEXTS, _NUMBERS, _FLOW, _MESSAGES) for line in _lines(text)), *REFUSED)
