"""Rules that leave out rows of GeoNames that are no city of their own, and clean the names of the others.

GeoNames lists populated places of every sort. Dropped rows never reach the file. Skipped rows stay in it with
the reason, so that a marketer sees them and may include them all the same. What is not caught: neighbourhoods
that GeoNames codes as ordinary places (``PPL``), or that the feature codes do not cover, outside the counties
whose cities are known.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from generator.commands.places.known_places import (
    CITIES_OF_COUNTY,
    KNOWN,
    NEW_YORK_BOROUGHS,
    ONE_CITY_REGIONS,
    OWN_CITIES,
    PARTS,
)
from generator.commands.places.place_rows import PlaceRow
from generator.plan.nearby import distance_km
from generator.plan.slugs import slugify

_ABANDONED_CODES = frozenset({"PPLH", "PPLQ", "PPLW", "PPLCH"})

_SPELLED_OUT = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}

SAME_PLACE_KM = 5.0
"""Two rows of one name in one region, nearer than this, are one place listed twice."""


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


def skip_reasons(
    cities: Iterable[PlaceRow], feature_codes: Mapping[int, str], counties: Mapping[int, str]
) -> dict[int, str]:
    """Why each city that gets no pages gets none, by id; cities without an entry are kept.

    ``cities`` are those of one country with clean names. Their order does not matter. ``counties`` are the
    counties' names by the cities' ids.
    """
    reasons: dict[int, str] = {}
    namesakes: defaultdict[tuple[str, str], list[PlaceRow]] = defaultdict(list)
    for city in sorted(cities, key=lambda city: (-city.population, city.id)):
        reason = _own_reason(city, feature_codes.get(city.id, ""), counties.get(city.id, ""))
        same = namesakes[city.region_code, _bare_name(city.name)]
        twin = next((other for other in same if distance_km(city, other) < SAME_PLACE_KM), None)
        if not reason and twin:
            reason = f"the same place as {twin.name} ({twin.id})"
        if reason:
            reasons[city.id] = reason
        else:
            same.append(city)
    return reasons


def _own_reason(city: PlaceRow, feature_code: str, county: str) -> str:
    only_id, only_name = ONE_CITY_REGIONS.get((city.country, city.region_code), (city.id, city.name))
    if city.id in KNOWN:
        return KNOWN[city.id]
    if city.id in PARTS:
        name, whole = PARTS[city.id]
        return f"a part of {name} ({whole}), listed with about the whole city's population"
    if feature_code == "PPLX" and city.id not in NEW_YORK_BOROUGHS | OWN_CITIES:
        return "a section of a city (GeoNames feature code PPLX)"
    if feature_code in _ABANDONED_CODES:
        return "abandoned or historical"
    if city.id != only_id:
        return f"a part of {only_name} ({only_id}), which is the whole region"
    county_city, cities = CITIES_OF_COUNTY.get((city.region_code, county), ("", frozenset({city.id})))
    if city.country == "US" and city.id not in cities:
        return f"a part of {county_city}: the cities of {county} are known, and it is none of them"
    if "/" in city.name:
        return "several neighbourhoods in one row"
    return "" if city.population > 0 else "GeoNames gives no population"


def _bare_name(name: str) -> str:
    """The name as a slug, without what it is, and with its abbreviations spelled out: St. Charles is Saint Charles."""
    bare = re.sub("^(city|town|village|borough)-of-(the-)?", "", slugify(name))
    return "-".join(_SPELLED_OUT.get(word, word) for word in bare.split("-"))
