"""Cache of expensive results in the ledger, keyed by input digest."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from typing import TypeVar

import msgspec

from generator.ledger.records import DIGEST_SIZE
from generator.ledger.store import Ledger

T = TypeVar("T")
Packed = tuple[str, bytes]
"""Digest of a result's inputs, and the result as it is cached."""


def packing(kind: type[T]) -> tuple[Callable[[T], bytes], Callable[[bytes], T]]:
    """Functions that pack and unpack values of type ``kind``, which may be anything that MessagePack holds."""
    return msgspec.msgpack.encode, msgspec.msgpack.Decoder(kind).decode


class Cache:
    """Results of earlier builds in ``ledger``; ``code`` is the digest of the generator that runs now.

    Without ``code`` nothing is cached; without a ledger there are no earlier builds.
    """

    def __init__(self, ledger: Ledger | None = None, code: str = "") -> None:
        self._ledger = ledger
        self._code = code.encode()
        self._new: dict[str, Packed] = {}
        self._recalled: set[str] = set()
        self._expected: Collection[str] = ()
        self._coming: Iterator[Mapping[str, Packed]] = iter(())

    def expect(self, names: Collection[str], coming: Iterator[Mapping[str, Packed]]) -> None:
        """Note that another process computes the results of those names: ``recall`` of one waits for it."""
        self._expected, self._coming = names, coming

    def holds(self, name: str, made_of: bytes) -> bool:
        """Whether an earlier build has cached the result."""
        return self._ledger is not None and self._ledger.cached(name, self._digest(made_of)) is not None

    def awaits(self, name: str) -> bool:
        """Whether another process is to compute the result, and may still be at it."""
        return name in self._expected and name not in self._new

    def take(self) -> Mapping[str, Packed]:
        """Results made since the last call."""
        taken, self._new = self._new, {}
        return taken

    def recall(
        self,
        name: str,
        made_of: bytes,
        make: Callable[[], T],
        pack: Callable[[T], bytes],
        unpack: Callable[[bytes], T],
    ) -> T:
        """The result of ``make``, or the one that this generator cached under ``name`` for the same ``made_of``.

        ``unpack`` is the inverse of ``pack``, and raises msgspec.MsgspecError for bytes that ``pack`` never gives.
        """
        if not self._code:
            return make()
        self._recalled.add(name)
        digest = self._digest(made_of)
        packed = self._ledger.cached(name, digest) if self._ledger else None
        if packed is None:
            packed = self._arrived(name, digest)
        if packed is not None:
            with suppress(msgspec.MsgspecError):
                # Another program may have written to the ledger: then the result is made once more.
                return unpack(packed)
        made = make()
        self._new[name] = digest, pack(made)
        return made

    def _digest(self, made_of: bytes) -> str:
        return blake2b(self._code + made_of, digest_size=DIGEST_SIZE).hexdigest()

    def _arrived(self, name: str, digest: str) -> bytes | None:
        while name in self._expected and name not in self._new and (found := next(self._coming, None)):
            self._new.update(found)
        made_of, packed = self._new.get(name, ("", b""))
        # Files may have changed meanwhile.
        return packed if made_of == digest else None

    def store(self) -> None:
        """Keep new results for the next build, and drop those that were not recalled."""
        if self._ledger:
            self._ledger.store_cached(self._new, self._recalled)
