"""Serialised form of neighbours for the cache: finding them costs more than comparing their digest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from hashlib import blake2b

import msgspec

from generator.ledger.cache import Cache
from generator.ledger.records import DIGEST_SIZE
from generator.model import Place
from generator.plan.nearby import find_surroundings
from generator.plan.routes import Neighbour, Surroundings


def find_neighbours(selected: Sequence[Place], everywhere: Sequence[Place], cache: Cache) -> Mapping[int, Surroundings]:
    """Result of ``find_surroundings``, computed only if it is not cached."""
    return cache.recall(
        "surroundings",
        surroundings_digest(selected, everywhere),
        partial(find_surroundings, selected, everywhere),
        pack_surroundings,
        partial(unpack_surroundings, selected=selected, everywhere=everywhere),
    )


_Packed = list[tuple[int, list[tuple[int, float]], tuple[int, float] | None]]
"""Each place's id, its nearest places and the nearest larger one, by id and distance in kilometres."""


def surroundings_digest(selected: Sequence[Place], everywhere: Sequence[Place]) -> bytes:
    """The digest of all that decides about neighbours: where places lie, how large they are, which have pages."""
    said = [
        [(p.id, p.country, p.latitude, p.longitude, p.population) for p in places] for places in (selected, everywhere)
    ]
    return blake2b(msgspec.msgpack.encode(said), digest_size=DIGEST_SIZE).digest()


def pack_surroundings(surroundings: Mapping[int, Surroundings]) -> bytes:
    packed: _Packed = [
        (number, [_pair(neighbour) for neighbour in around.nearby], _pair(around.larger) if around.larger else None)
        for number, around in surroundings.items()
    ]
    return msgspec.msgpack.encode(packed)


def unpack_surroundings(
    packed: bytes, selected: Sequence[Place], everywhere: Sequence[Place]
) -> dict[int, Surroundings]:
    """Inverse of ``pack_surroundings``, for places with the same ``surroundings_digest``."""
    near, everyone = _by_id(selected), _by_id(everywhere)
    return {
        number: Surroundings(
            tuple([Neighbour(near[other], kilometres) for other, kilometres in nearby]),
            Neighbour(everyone[larger[0]], larger[1]) if larger else None,
        )
        for number, nearby, larger in msgspec.msgpack.decode(packed, type=_Packed)
    }


def _pair(neighbour: Neighbour) -> tuple[int, float]:
    return neighbour.place.id, neighbour.kilometres


def _by_id(places: Iterable[Place]) -> dict[int, Place]:
    return {place.id: place for place in places}
