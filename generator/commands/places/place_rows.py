"""Records of a place as its file has it, and of what the sources know of a country."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class PlaceRow(Struct, frozen=True):
    """One row of a places file; its fields are ``PLACE_COLUMNS``, which says what they mean.

    A city as GeoNames lists it is a row whose county, region and slug are yet to be found.
    """

    id: int
    name: str
    county: str
    region_code: str
    region: str
    country: str
    latitude: float
    longitude: float
    population: int
    time_zone: str
    slug: str
    former_slugs: tuple[str, ...] = ()
    skip: str = ""


class Country(Struct, frozen=True):
    """Data of the sources on one country.

    ``counties`` and ``feature_codes`` are by GeoNames id and may lack some; ``region_names`` are by region code.
    """

    code: str
    cities: tuple[PlaceRow, ...]
    counties: Mapping[int, str]
    feature_codes: Mapping[int, str]
    region_names: Mapping[str, str]


class Rename(Struct, frozen=True):
    """A marketer's decision that a place's slug shall change; ``where`` is its file and line."""

    slug: str
    where: str
