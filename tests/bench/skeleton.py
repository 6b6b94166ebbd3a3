"""One built page of a place, taken apart: what other tools need to make pages of the same content."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.model import Locale, Place
from generator.plan.routes import Neighbour, Plan
from generator.render.views import place_name, region_label
from generator.templating.filters import locale_filters

_NEARBY = re.compile(r'(?<=<ul class="cards">\n)<li>.*?</li>\n(?=</ul>)', re.DOTALL)
_ITEM = re.compile(r"<li>.*?</li>\n", re.DOTALL)
_LARGER = re.compile(r'<div class="full">.*?</div>\n', re.DOTALL)

Record = dict[str, Any]
"""What one page of a place says of it, formatted for one language: strings, and ``nearby``, a list of such."""


@dataclass(frozen=True, slots=True)
class Syntax:
    """How a template language writes a value of the page and of a neighbour, and a loop over the neighbours."""

    value: str
    of_neighbour: str
    loop: str


GO = Syntax("{{{{ $p.{} }}}}", "{{{{ .{} }}}}", "{{{{ range $p.nearby }}}}{}{{{{ end }}}}")
JINJA = Syntax("{{{{ p.{} }}}}", "{{{{ n.{} }}}}", "{{% for n in p.nearby %}}{}{{% endfor %}}")


def records(plan: Plan, locale: Locale) -> Iterator[tuple[Place, Record]]:
    """The record of each place that has pages in ``locale``."""
    filters = locale_filters(locale)

    def neighbour(found: Neighbour) -> Record:
        place = found.place
        tail = plan.paths.place_tail(place.region, place.slug) if place.id in plan.surroundings else ""
        label = region_label(place.region, locale.tag)
        return {
            "tail": tail,
            "name": place_name(place, locale.tag),
            "label": label,
            "away": filters["distance"](found.kilometres),
        }

    for places in plan.by_region.values():
        for place in places:
            around = plan.surroundings[place.id]
            region = place.region
            yield (
                place,
                {
                    "tail": plan.paths.place_tail(region, place.slug),
                    "region_tail": plan.paths.region_slugs[region.key],
                    "name": place_name(place, locale.tag),
                    "region": region.names.get(locale.tag, region.name),
                    "label": region_label(region, locale.tag),
                    "county": place.county.removesuffix(" County"),
                    "population": filters["number"](place.population),
                    "time_zone": filters["time_zone"](place.time_zone),
                    "larger": neighbour(around.larger) if around.larger else {},
                    "nearby": [neighbour(found) for found in around.nearby],
                },
            )


def skeleton(html: str, record: Mapping[str, Any], syntax: Syntax) -> str:
    """``html``, the page of ``record``, as a template in which the values of another place can stand.

    The values are found by what they are, so the place's name must be no other word on the page.
    """
    first = record["nearby"][0]
    marked = _NEARBY.sub("\x01nearby\x02", html, count=1)
    item = _ITEM.search(_NEARBY.search(html)[0])[0]  # type: ignore[index]
    item = _with_slots(item, {key: first[key] for key in ("tail", "name", "label", "away")})
    larger = record["larger"]
    if larger:
        keys = {f"larger.{key}": larger[key] for key in ("tail", "name", "label", "away")}
        marked = _LARGER.sub(lambda found: _with_slots(found[0], keys), marked, count=1)
    names = ("tail", "region_tail", "name", "region", "county", "population", "time_zone")
    marked = _with_slots(marked, {key: record[key] for key in names if record[key]})
    marked = marked.replace(f", {record['label']}", ", \x01label\x02")
    if any(mark in marked for mark in ("{{", "{%", "{#")):
        raise ValueError("the page has marks of a template language")
    loop = syntax.loop.format(_filled(item, syntax.of_neighbour))
    return _filled(marked.replace("\x01nearby\x02", "\x03"), syntax.value).replace("\x03", loop)


def _with_slots(text: str, values: Mapping[str, str]) -> str:
    """Longest first, so that no value is found in another; what stands in a slot is not looked at again."""
    for key, value in sorted(values.items(), key=lambda pair: -len(pair[1])):
        parts = re.split("(\x01[^\x02]*\x02)", text)
        text = "".join(part if part.startswith("\x01") else part.replace(value, f"\x01{key}\x02") for part in parts)
    return text


def _filled(text: str, value: str) -> str:
    return re.sub("\x01([^\x02]*)\x02", lambda found: value.format(found[1]), text)
