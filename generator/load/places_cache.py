"""Serialised form of places for the cache: reading them takes eight times longer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import astuple

from generator.config import CheckConfig
from generator.errors import Finding
from generator.ledger.digests import files_digest
from generator.load.places import LoadedPlaces, places_files
from generator.model import FrozenPlace, Place, Region

_Row = tuple[int, str, str, str, str, float, float, int, str, str, str, tuple[str, ...], bool]
"""A place with its region's code instead of the region, and without names and facts, which no file of places gives."""


class _Packed(Struct, frozen=True):
    places: list[_Row]
    skipped: list[_Row]
    reasons: dict[int, str]
    frozen: list[tuple[int, str, tuple[str, str], str, str]]
    regions: list[tuple[str, str, str]]
    has_unreadable_rows: bool
    findings: tuple[Finding, ...]


def places_digest(content: Path, checks: Sequence[CheckConfig]) -> bytes:
    """The digest of the files that ``load_places`` reads, and of the settings of the rules that it asks."""
    return files_digest(places_files(content)) + repr(checks).encode()


def pack_places(loaded: LoadedPlaces) -> bytes:
    return msgspec.msgpack.encode(
        _Packed(
            [*map(_row, loaded.places)],
            [*map(_row, loaded.skipped)],
            dict(loaded.reasons),
            [(p.id, p.name, (p.country, p.region.code), p.slug, p.where) for p in loaded.frozen],
            [(region.code, region.name, region.country) for region in loaded.regions.values()],
            loaded.has_unreadable_rows,
            loaded.findings,
        )
    )


def unpack_places(packed: bytes) -> LoadedPlaces:
    """The inverse of ``pack_places``."""
    cached = msgspec.msgpack.decode(packed, type=_Packed)
    regions = {(country, code): Region(code, name, country) for code, name, country in cached.regions}
    return LoadedPlaces(
        places=tuple([_place(row, regions[row[4], row[3]]) for row in cached.places]),
        skipped=tuple([_place(row, regions[row[4], row[3]]) for row in cached.skipped]),
        reasons=cached.reasons,
        frozen=tuple(
            FrozenPlace(number, name, regions[region], slug, where)
            for number, name, region, slug, where in cached.frozen
        ),
        regions=regions,
        has_unreadable_rows=cached.has_unreadable_rows,
        findings=cached.findings,
    )


def _row(place: Place) -> _Row:
    values = astuple(place)
    return (*values[:3], place.region.code, *values[4:12], place.shares_name)


def _place(row: _Row, region: Region) -> Place:
    number, name, county, _, country, north, east, people, zone, slug, source, former, shares = row
    return Place(
        number, name, county, region, country, north, east, people, zone, slug, source, former, shares_name=shares
    )
