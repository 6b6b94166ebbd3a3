"""Places and regions as rows of a list or of overrides name them."""

from __future__ import annotations

from collections.abc import Iterable

from generator.errors import Finding, did_you_mean
from generator.load.csv_file import quoted
from generator.load.rows import Row
from generator.model import FrozenPlace, Place, Region

KnownPlace = Place | FrozenPlace


class Gazetteer:
    """Places and regions by the cells id, name, county and country of rows, and by ``column``, which names the region.

    A row that does not name exactly one gets a finding, a "stop". ``instead`` says how a missing place can be made.
    """

    def __init__(
        self, places: Iterable[KnownPlace], regions: Iterable[Region], column: str = "region_code", instead: str = ""
    ) -> None:
        self._regions = tuple(regions)
        self._column = column
        self._instead = instead
        self._by_id: dict[str, KnownPlace] = {}
        self._by_name: dict[tuple[str, str], list[KnownPlace]] = {}
        for place in places:
            self.add(place)

    def add(self, place: KnownPlace) -> None:
        self._by_id[str(place.id)] = place
        self._by_name.setdefault((place.region.key, place.name.casefold()), []).append(place)

    def of_id(self, number: str) -> KnownPlace | None:
        return self._by_id.get(number)

    def region(self, row: Row) -> Region | Finding:
        """The one region that the row names by its code or its name."""
        regions = self._regions_of(row)
        if isinstance(regions, Finding):
            return regions
        if len(regions) == 1:
            return regions[0]
        countries = ", ".join(sorted(region.country for region in regions))
        what = f'the region "{row.cells[self._column]}" exists in {countries}'
        return Finding(row.where("country"), what, "Fill in the country.")

    def place(self, row: Row) -> KnownPlace | Finding:
        """The one place that the row names, by its id or by its name and region."""
        cells = row.cells
        if cells.get("id"):
            return self._place_of_id(row)
        regions = self._regions_of(row)
        if isinstance(regions, Finding):
            return regions
        name, region, county = cells["name"], cells[self._column], cells.get("county", "")
        called = [place for own in regions for place in self._by_name.get((own.key, name.casefold()), ())]
        if not called:
            keys = {own.key for own in regions}
            names = {place.name for place in self._by_id.values() if place.region.key in keys}
            fix = did_you_mean(name, names, self._instead or "Write the name as the places file has it.")
            return Finding(row.where("name"), f"no place in {region} is called {quoted(name)}", fix)
        found = [place for place in called if not county or _is_in_county(place, county)]
        if len(found) == 1:
            return found[0]
        listed = "; ".join(described(place) for place in sorted(found or called, key=lambda place: place.id))
        if found:
            fix = f"Fill in the id of the one you mean: {listed}."
            return Finding(row.where("name"), f"{quoted(name)} in {region} is ambiguous", fix)
        what = f"{quoted(county)} is not the county of {quoted(name)} in {region}"
        return Finding(row.where("county"), what, f"There is: {listed}.")

    def _place_of_id(self, row: Row) -> KnownPlace | Finding:
        cells = row.cells
        place = self.of_id(cells["id"])
        if place is None:
            fix = f"Look it up in the places file. {self._instead}".rstrip()
            return Finding(row.where("id"), f"no place has the id {cells['id']}", fix)
        region = cells.get(self._column, "").casefold()
        agrees = (
            cells.get("name", "").casefold() in ("", place.name.casefold())
            and region in ("", place.region.code.casefold(), place.region.name.casefold())
            and cells.get("country", "") in ("", place.country)
            and (not cells.get("county") or _is_in_county(place, cells["county"]))
        )
        if agrees:
            return place
        what = f"the id {place.id} is {described(place)}, which is not what the row's other cells say"
        return Finding(row.where("id"), what, "Correct the id, or empty the cells that disagree with it.")

    def _regions_of(self, row: Row) -> list[Region] | Finding:
        country, text = row.cells.get("country", ""), row.cells.get(self._column, "")
        known = [region for region in self._regions if country in ("", region.country)]
        if country and not known:
            countries = {region.country for region in self._regions}
            what = f"there are no places of the country {quoted(country)}"
            return Finding(row.where("country"), what, did_you_mean(country, countries))
        coded = [region for region in known if region.code.casefold() == text.casefold()]
        found = coded or [region for region in known if region.name.casefold() == text.casefold()]
        if found:
            return found
        of = f" of {country}" if country else ""
        names = {name for region in known for name in (region.code, region.name)}
        # Where codes are asked for, those that there are help more than where to look them up.
        codes = did_you_mean("", {region.code for region in known}) if self._column == "region_code" else ""
        fix = did_you_mean(text, names, codes or "Write the region's code or name as the places file has it.")
        return Finding(row.where(self._column), f"no place is in a region {quoted(text)}{of}", fix)


def described(place: KnownPlace) -> str:
    """A place as messages tell it from others of its name."""
    if isinstance(place, FrozenPlace):
        return f"{place.id} {place.name} ({place.region.code}), faulty at {place.where}"
    county = f"{place.county}, " if place.county else ""
    return f"{place.id} {place.name} ({county}{place.region.code}), population {place.population:,}"


def _is_in_county(place: KnownPlace, county: str) -> bool:
    """Whether that is so, as far as the county is known: a faulty row may be wrong there."""
    return isinstance(place, FrozenPlace) or place.county.casefold() == county.casefold()
