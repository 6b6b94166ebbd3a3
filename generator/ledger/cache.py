"""Cache of expensive results in the ledger, keyed by the digest of what each was made of."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from typing import TypeVar

import msgspec

from generator.ledger.records import DIGEST_SIZE
from generator.ledger.store import Ledger

T = TypeVar("T")


def packing(kind: type[T]) -> tuple[Callable[[T], bytes], Callable[[bytes], T]]:
    """Functions that pack and unpack values of type ``kind``, which may be anything that MessagePack holds."""
    return msgspec.msgpack.encode, msgspec.msgpack.Decoder(kind).decode


class Cache:
    """Results of earlier builds in ``ledger``; ``code`` is the digest of the generator that runs now.

    Without a ledger nothing is cached.
    """

    def __init__(self, ledger: Ledger | None = None, code: str = "") -> None:
        self._ledger = ledger
        self._code = code.encode()
        self._new: dict[str, tuple[str, bytes]] = {}
        self._recalled: set[str] = set()

    def recall(
        self,
        name: str,
        made_of: bytes,
        make: Callable[[], T],
        pack: Callable[[T], bytes],
        unpack: Callable[[bytes], T],
    ) -> T:
        """The result of ``make``, or what this generator cached under ``name`` for the same ``made_of``.

        ``unpack`` is the inverse of ``pack``, and raises msgspec.MsgspecError for what that never gives.
        """
        if self._ledger is None:
            return make()
        self._recalled.add(name)
        digest = blake2b(self._code + made_of, digest_size=DIGEST_SIZE).hexdigest()
        packed = self._ledger.cached(name, digest)
        if packed is not None:
            with suppress(msgspec.MsgspecError):
                # Somebody may have written to the ledger: then it is made once more.
                return unpack(packed)
        made = make()
        self._new[name] = digest, pack(made)
        return made

    def store(self) -> None:
        """Keep what was made for the next build, and drop what nobody has asked for."""
        if self._ledger:
            self._ledger.store_cached(self._new, self._recalled)
