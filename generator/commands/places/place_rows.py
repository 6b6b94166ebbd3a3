"""Records of a city as its source lists it, and of a place as its file has it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class City(Struct, frozen=True):
    """One row of GeoNames as it is listed; latitude and longitude in degrees."""

    id: int
    name: str
    region_code: str
    country: str
    latitude: float
    longitude: float
    population: int
    time_zone: str


class Country(Struct, frozen=True):
    """Data of the sources on one country.

    ``counties`` and ``feature_codes`` are by GeoNames id and may lack some; ``region_names`` are by region code.
    """

    code: str
    cities: tuple[City, ...]
    counties: Mapping[int, str]
    feature_codes: Mapping[int, str]
    region_names: Mapping[str, str]


class PlaceRow(Struct, frozen=True):
    """One row of a places file; its fields are ``PLACE_COLUMNS``, which says what they mean."""

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


class Rename(Struct, frozen=True):
    """A marketer's decision that a place's slug shall change; ``where`` is its file and line."""

    slug: str
    where: str
