"""The page of a region lists one place only.

It says little that the place's own page does not say, and one more click leads there. That may be right, as for a
district with one city. Otherwise leave the region out until there are more, with a condition of the gate.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.rule import HEURISTIC, rule
from generator.errors import Finding
from generator.plan.routes import Plan

_FILE = "content/places/us.csv"
GOOD = (Edit('"Shreveport"', '"Bossier City"', _FILE),)
BAD = (Edit('"shreveport","",""', '"shreveport","","No partner there"', _FILE),)


@rule(severity="info", evidence=HEURISTIC, scope=Plan)
def region_alone(plan: Plan) -> Iterator[Finding]:
    for topic in plan.site.topics:
        for region in plan.regions_of(topic):
            places = plan.places_of(topic, region)
            if len(places) == 1:
                what = f"{region.name} has one place with a page, {places[0].name}"
                yield Finding(plan.paths.region(topic, region), what, "Leave it out, or add places.")
