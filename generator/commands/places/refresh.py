"""The ``places`` verb: city tables fetched or refreshed, with a README that says where they come from."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from generator.commands.places.bake import bake
from generator.commands.places.geonames import fetch_countries, source_versions
from generator.commands.places.places_file import places_text, read_places, read_renames
from generator.commands.places.readme import country_section, readme_text, summary_line
from generator.errors import ConfigurationError, Finding
from generator.write.tree import Tree


def refresh_places(content: Path, countries: Sequence[str], today: datetime.date) -> list[str]:
    """Write ``places/<country>.csv`` of each country and ``places/README.md``; what was done, in lines to print.

    ``content`` is the content folder, ``countries`` are ISO 3166-1 alpha-2 codes, ``today`` is the date that the
    README gives. Nothing is written unless every country succeeds. Raises SiteError with everything that is
    wrong: unknown countries, missing programs, rows of the existing files that cannot be read.
    """
    folder = content / "places"
    shown = f"{content.name}/{folder.name}"
    codes = list(dict.fromkeys(country.strip().upper() for country in countries))
    if not codes:
        what, fix = "no country is given", "Give ISO 3166-1 codes of two letters, like US or MX."
        raise ConfigurationError([Finding("places", what, fix)])
    existing = read_places(content)
    renames = read_renames(content)
    baked = {
        f"{country.code.lower()}.csv": bake(country, [row for row in existing if row.country == country.code], renames)
        for country in fetch_countries(codes)
    }
    tree = Tree(folder)
    for file, result in baked.items():
        tree.write(f"/{file}", places_text(result.rows).encode())
    readme = folder / "README.md"
    before = readme.read_text(encoding="utf-8") if readme.exists() else ""
    sections = {file: country_section(result.report, source_versions(), today) for file, result in baked.items()}
    tree.write("/README.md", readme_text(before, sections).encode())
    return [summary_line(f"{shown}/{file}", result.report) for file, result in baked.items()]
