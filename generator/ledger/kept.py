"""Results that the ledger keeps from one build to the next, since to find them takes longer than to see them hold."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from typing import TypeVar

import msgspec

from generator.ledger.facts import DIGEST_SIZE
from generator.ledger.store import Ledger

T = TypeVar("T")
Packed = tuple[str, bytes]
"""The digest of what a result is made of, and the result as it is kept."""


def packing(kind: type[T]) -> tuple[Callable[[T], bytes], Callable[[bytes], T]]:
    """How to pack and unpack a ``kind`` of value that MessagePack can hold: records, lists, numbers, texts, days."""
    return msgspec.msgpack.encode, msgspec.msgpack.Decoder(kind).decode


class Kept:
    """What earlier builds have kept in ``ledger``; ``code`` is the digest of the generator that runs now.

    Without ``code`` nothing is kept; without a ledger there are no earlier builds.
    """

    def __init__(self, ledger: Ledger | None = None, code: str = "") -> None:
        self._ledger = ledger
        self._code = code.encode()
        self._new: dict[str, Packed] = {}
        self._recalled: set[str] = set()
        self._expected: Collection[str] = ()
        self._coming: Iterator[Mapping[str, Packed]] = iter(())

    def expect(self, names: Collection[str], coming: Iterator[Mapping[str, Packed]]) -> None:
        """Results of those names are being found elsewhere: whoever recalls one waits for it to come."""
        self._expected, self._coming = names, coming

    def holds(self, name: str, made_of: bytes) -> bool:
        """Whether an earlier build has kept it."""
        return self._ledger is not None and self._ledger.kept(name, self._digest(made_of)) is not None

    def take(self) -> Mapping[str, Packed]:
        """What was made since the last time that it was taken."""
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
        """What ``make`` gives: unpacked, if this generator has kept it under ``name`` when it was ``made_of`` the same.

        ``unpack`` is the inverse of ``pack``, and raises msgspec.MsgspecError for what that never gives.
        """
        if not self._code:
            return make()
        self._recalled.add(name)
        digest = self._digest(made_of)
        packed = self._ledger.kept(name, digest) if self._ledger else None
        if packed is None:
            packed = self._arrived(name, digest)
        if packed is not None:
            with suppress(msgspec.MsgspecError):
                # Somebody may have written to the ledger: then it is made once more.
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
        """Keep what was made for the next build, and drop what nobody has asked for."""
        if self._ledger:
            self._ledger.keep(self._new, self._recalled)
