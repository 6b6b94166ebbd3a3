"""Which rows of GeoNames are no city of their own, and what the others are really called.

GeoNames lists populated places of every sort. Dropped rows never reach the file. Skipped rows stay in it with
the reason, so that a marketer sees them and may include them all the same. What is not caught: neighbourhoods
that GeoNames codes as ordinary places (``PPL``) or that the feature codes do not cover.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import asin, cos, radians, sin, sqrt

from generator.importer.place_rows import City
from generator.plan.slugs import slugify

NEW_YORK_BOROUGHS = frozenset({5125771, 5110302, 5133273, 5110266, 5139568})
"""Manhattan, Brooklyn, Queens, The Bronx, Staten Island: sections of a city, and markets of their own."""

ONE_CITY_REGIONS = {("US", "DC"): (4140963, "Washington")}
"""Regions that are one city by law; every other row there is a part of it."""

KNOWN = {
    4297999: "the same place as Lexington (4297983)",
    4738604: "a university campus in Austin",
    4952355: "a railway station in Boston",
    5406421: "a hamlet that carries the population of another Vincent (7262464)",
    5530937: "a part of Socorro (5530932)",
    5589394: "GeoNames gives it more people than its whole county has",
    7174365: "the same place as Sammamish (5809402)",
    7259823: "the same place as Northdale (8479411)",
    7289169: "an urban area: Kennewick, Pasco and Richland have rows of their own",
    7839240: "a part of Rio Rancho (5487811), listed with the whole city's population",
    8558448: "a firing range",
    10300443: "a police station",
    11280527: "a hospital campus",
    12750398: "a university campus in Irvine",
    13561794: "a housing estate in Frisco",
    13589156: "the surroundings of an airport in Honolulu",
}
"""Rows that no rule can tell from cities, by GeoNames id, looked up by hand."""

SECTION = "a section of a city (GeoNames feature code PPLX)"
ABANDONED = "abandoned or historical"
NEIGHBOURHOODS = "several neighbourhoods in one row"
NO_POPULATION = "GeoNames gives no population"
_ABANDONED_CODES = frozenset({"PPLH", "PPLQ", "PPLW", "PPLCH"})

SAME_PLACE_KM = 5.0
"""Two rows of one name in one region, nearer than this, are one place listed twice."""

_EARTH_KM = 6371.0


def dropped_because(name: str) -> str:
    """Why a row is left out of the file, or nothing."""
    for mark in ("(historical)", "Mobile Home Park", " / "):
        if mark in name:
            return mark
    return ""


def clean_name(name: str) -> str:
    """The name as people say it, without the census's additions.

    ``City of Milford (balance)`` is Milford, ``Nashville-Davidson metropolitan government (balance)`` is
    Nashville; any other closing parenthesis and ``, CDP`` go. A plain ``City of`` stays: City of Industry.
    """
    cleaned = " ".join(name.split())
    if cleaned.endswith("(balance)"):
        cleaned = cleaned.removesuffix("(balance)").strip().removeprefix("City of ")
        cleaned = re.sub(r" (city|(metropolitan|metro|unified|consolidated) government)$", "", cleaned)
        # A consolidated city joins its county's name with a hyphen or a slash; only the first part is the city.
        cleaned = re.split("[-/]", cleaned)[0]
    cleaned = re.sub(r"\s*\([^()]*\)$|, CDP$", "", cleaned).strip()
    return cleaned or name


def skip_reasons(cities: Iterable[City], feature_codes: Mapping[int, str]) -> dict[int, str]:
    """Why each city that gets no pages gets none, by id; cities without an entry are kept.

    ``cities`` are those of one country with clean names. Their order does not matter.
    """
    reasons: dict[int, str] = {}
    namesakes: defaultdict[tuple[str, str], list[City]] = defaultdict(list)
    for city in sorted(cities, key=lambda city: (-city.population, city.id)):
        reason = _own_reason(city, feature_codes.get(city.id, ""))
        same = namesakes[city.region_code, _bare_name(city.name)]
        twin = next((other for other in same if distance_km(city, other) < SAME_PLACE_KM), None)
        if not reason and twin:
            reason = f"the same place as {twin.name} ({twin.id})"
        if reason:
            reasons[city.id] = reason
        else:
            same.append(city)
    return reasons


def distance_km(one: City, other: City) -> float:
    """Great-circle distance in kilometres on a sphere of 6,371 km (haversine)."""
    north, south = radians(one.latitude), radians(other.latitude)
    half_height = sin((north - south) / 2) ** 2
    half_width = sin(radians(one.longitude - other.longitude) / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(half_height + cos(north) * cos(south) * half_width)))


def _own_reason(city: City, feature_code: str) -> str:
    only_id, only_name = ONE_CITY_REGIONS.get((city.country, city.region_code), (city.id, city.name))
    if city.id in KNOWN:
        return KNOWN[city.id]
    if feature_code == "PPLX" and city.id not in NEW_YORK_BOROUGHS:
        return SECTION
    if feature_code in _ABANDONED_CODES:
        return ABANDONED
    if city.id != only_id:
        return f"a part of {only_name} ({only_id}), which is the whole region"
    if "/" in city.name:
        return NEIGHBOURHOODS
    return "" if city.population > 0 else NO_POPULATION


def _bare_name(name: str) -> str:
    return re.sub("^(city|town|village|borough)-of-(the-)?", "", slugify(name))
