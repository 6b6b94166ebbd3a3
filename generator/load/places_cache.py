"""Serialised form of places and of their selection for the cache: reading them costs more than a digest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.config import CheckConfig, PlacesConfig
from generator.errors import Finding
from generator.ledger.digests import files_digest
from generator.load.places import OVERRIDES_FILE, IdentifiedPlace, LoadedPlaces, SkippedPlace, places_files
from generator.model import Place, Region

_Row = tuple[int, str, str, str, str, float, float, int, str, str, str, tuple[str, ...], bool]
"""A place with its country and its region's code instead of the region."""


class _Packed(Struct, frozen=True):
    places: list[_Row]
    skipped: list[tuple[_Row, str]]
    frozen: tuple[IdentifiedPlace, ...]
    regions: list[tuple[str, str, str]]
    has_unreadable_rows: bool
    findings: tuple[Finding, ...]


def places_digest(content: Path, checks: Sequence[CheckConfig]) -> bytes:
    """The digest of the files that ``load_places`` reads, and of the settings of the rules that it asks."""
    return files_digest(places_files(content)) + repr(checks).encode()


def pack_places(loaded: LoadedPlaces) -> bytes:
    """Rows of places by themselves, without names and facts, which no file of places gives."""
    return msgspec.msgpack.encode(
        _Packed(
            [_row(place) for place in loaded.places],
            [(_row(skipped.place), skipped.reason) for skipped in loaded.skipped],
            loaded.frozen,
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
        _places(cached.places, regions),
        tuple(
            SkippedPlace(place, reason)
            for place, (_, reason) in zip(
                _places([row for row, _ in cached.skipped], regions), cached.skipped, strict=True
            )
        ),
        cached.frozen,
        regions,
        cached.has_unreadable_rows,
        cached.findings,
    )


_Selection = tuple[tuple[Place, ...], list[Finding]]
"""What ``select_places`` gives."""


def selection_digest(content: Path, config: PlacesConfig, checks: Sequence[CheckConfig], label: str) -> bytes:
    """The digest of all that decides which places get pages; ``label`` stands in the messages about it."""
    named = [content / "places" / OVERRIDES_FILE, *([content / config.list] if config.list else [])]
    return places_digest(content, checks) + files_digest(named) + repr((config, label)).encode()


def pack_selection(selection: _Selection) -> bytes:
    places, findings = selection
    return msgspec.msgpack.encode(([place.id for place in places], findings))


def unpack_selection(packed: bytes, places: Sequence[Place]) -> _Selection:
    """The inverse of ``pack_selection``; ``places`` are those that were selected from."""
    ids, findings = msgspec.msgpack.decode(packed, type=tuple[list[int], list[Finding]])
    known = {place.id: place for place in places}
    if not known.keys() >= set(ids):
        raise msgspec.ValidationError("a place that there is not")
    return tuple([known[number] for number in ids]), findings


def _row(place: Place) -> _Row:
    return (
        place.id,
        place.name,
        place.county,
        place.country,
        place.region.code,
        place.latitude,
        place.longitude,
        place.population,
        place.time_zone,
        place.slug,
        place.source,
        place.former_slugs,
        place.shares_name,
    )


def _places(rows: Sequence[_Row], regions: Mapping[tuple[str, str], Region]) -> tuple[Place, ...]:
    return tuple([_place(row, regions[row[3], row[4]]) for row in rows])


def _place(row: _Row, region: Region) -> Place:
    number, name, county, country, _, north, east, people, zone, slug, source, former, shares = row
    return Place(
        number, name, county, region, country, north, east, people, zone, slug, source, former, shares_name=shares
    )
