"""Two places of one region cannot be told apart by their names.

Their pages get the same title and heading, and readers do not know which town is meant. Where two places share a name,
pages add the county: give one of them its county, or another name, in `content/places/overrides.csv`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.rule import BUILD, rule
from generator.errors import Finding
from generator.model import Place
from generator.plan.routes import Plan

_FILE = "content/places/us.csv"
GOOD = (Edit('"Temple",""', '"Waco","Bell"', _FILE),)
BAD = (Edit('"Temple",""', '"Waco","McLennan"', _FILE),)


@rule(severity="warning", evidence=BUILD, scope=Plan)
def place_ambiguous(plan: Plan) -> Iterator[Finding]:
    first: dict[tuple[str, str, str], Place] = {}
    for place in plan.site.places:
        other = first.setdefault((place.region.key, place.name, place.county), place)
        if other is not place:
            of = f"of {place.county}" if place.county else "without a county"
            what = f"a place called “{place.name}” {of} in {place.region.name} is at {other.source}, too"
            yield Finding(place.source, what, "Give one of them its county or another name, or skip it.")
