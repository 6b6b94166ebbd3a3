"""Records of pages and batches, as the ledger holds them."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import blake2b, sha1
from typing import Literal, NamedTuple

from msgspec import Struct, field

PageState = Literal["live", "noindex", "redirected", "gone", "frozen"]
DIGEST_SIZE = 16
"""Bytes of a digest: two of a billion different pages share one with a chance below one in 10^20."""

PUBLISHED: tuple[PageState, ...] = ("live", "noindex", "frozen")
"""States of pages that stand in the tree."""


NEW = "new"

Counts = tuple[tuple[str, str, int], ...]
"""Numbers of pages of each kind and locale, or with each verdict and its cause, in order."""


def counted(pages: Iterable[tuple[str, str]]) -> Counts:
    """Numbers of ``pages`` of each kind and locale, or with each verdict and cause."""
    return totals((*page, count) for page, count in Counter(pages).items())


def totals(counts: Iterable[tuple[str, str, int]]) -> Counts:
    """``counts`` added up."""
    found: dict[tuple[str, str], int] = {}
    for one, other, count in counts:
        found[one, other] = found.get((one, other), 0) + count
    return tuple((*names, count) for names, count in sorted(found.items()))


class PageRow(NamedTuple):
    """One page in the ledger's table of pages.

    Days are ISO dates. ``is_indexable`` is how it was built, whatever its state became. ``verdict`` is that of
    the gate, enforced or not. ``content_changed`` is None while it is unknown; ``content_cause`` names the parts of
    the batch's fingerprint that differed then, NEW on the first time. ``size`` is in bytes. The two times of
    modification are the file's and its folder's, in nanoseconds; they tell what was altered by hand.
    """

    path: str
    state: PageState
    is_indexable: bool
    verdict: str
    reason: str
    kind: str
    locale: str
    topic: str
    batch: str
    title: str
    first_built: str
    content_changed: str | None
    content_cause: str
    content_digest: bytes
    bytes_digest: bytes
    size: int
    modified_ns: int
    folder_modified_ns: int


class PageHistory(Struct, frozen=True):
    """Record by an earlier build of a page that is about to be made again."""

    state: PageState
    batch: str
    first_built: str
    content_changed: str | None
    content_digest: bytes
    bytes_digest: bytes
    modified_ns: int
    folder_modified_ns: int
    content_cause: str = ""
    title: str = ""


def bytes_digest(body: bytes) -> bytes:
    """The SHA-1 of a file: many processors compute it in hardware, in half the time of BLAKE2b.

    It tells whether a file is the same, and is no protection against forgery.
    """
    return sha1(body, usedforsecurity=False).digest()


def has_bytes(page: PageHistory, body: bytes) -> bool:
    """Whether the page was made of ``body``."""
    if len(page.bytes_digest) == DIGEST_SIZE:  # The first ledgers noted BLAKE2b.
        return page.bytes_digest == blake2b(body, digest_size=DIGEST_SIZE).digest()
    return page.bytes_digest == bytes_digest(body)


class History(Struct, frozen=True):
    """The pages of a batch as earlier builds left them, by path; ``facts_read`` is that of their batches, by name.

    ``changes`` are the parts of the batch's fingerprint that differ from the last time.
    """

    pages: Mapping[str, PageHistory] = field(default_factory=dict)
    facts_read: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    changes: tuple[str, ...] = ()


class Fingerprint(Struct, frozen=True):
    """Everything that a batch reads, as one digest, and as the digests of its named parts, to say what changed."""

    digest: bytes
    parts: Mapping[str, str]


class BatchFacts(Struct, frozen=True):
    """A batch as it was last built.

    ``pages`` counts by kind and locale; ``size`` is the bytes of its pages; ``facts_read`` are the names that its
    templates read of a place, a region and a page, by kind of page, which decide what counts as content.
    ``verdicts`` counts the pages that the gate would keep back, or does, by what it says and why. ``unlisted`` is how
    many pages those above them do not list.
    """

    name: str
    locale: str
    fingerprint: Fingerprint
    pages: Counts = ()
    size: int = 0
    facts_read: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    verdicts: Counts = ()
    unlisted: int = 0


class FileStamp(Struct, frozen=True):
    """A file of the tree that is no page, and when it was last modified, in nanoseconds."""

    path: str
    size: int
    modified_ns: int


class Dating(Struct, frozen=True):
    """How a build dates pages.

    ``today`` is the date that a change gets. ``is_known`` says that the ledger, or the person who builds,
    knows all that was ever published, so that a page without history is a new one. ``touch`` dates also the
    pages whose content is the same and whose bytes are not.
    """

    today: datetime.date
    is_known: bool
    touch: bool = False


class LastBuild(Struct, frozen=True):
    """How the last build ended.

    ``inputs`` is the digest of all that it read, empty when it did not end well; it holds for the days from
    ``valid_from`` to ``valid_until``. ``summary`` is what it told, as JSON.
    """

    inputs: str = ""
    valid_from: str = ""
    valid_until: str = ""
    summary: str = ""

    def holds(self, inputs: str, now: datetime.date) -> bool:
        """Whether a build of ``inputs`` on the day ``now`` would repeat this one."""
        return self.inputs == inputs and self.valid_from <= now.isoformat() <= self.valid_until


def parent(path: str) -> str:
    """The folder around a page's, or around a file."""
    return path[: path.rstrip("/").rfind("/") + 1] or "/"
