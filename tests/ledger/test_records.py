"""What the ledger knows of a page's bytes."""

from __future__ import annotations

from hashlib import blake2b

import pytest

from generator.ledger.records import PageHistory, bytes_digest, has_bytes


@pytest.mark.parametrize("digest", [bytes_digest(b"page"), blake2b(b"page", digest_size=16).digest()])
def test_a_page_is_known_by_its_bytes_also_in_the_first_ledgers(digest: bytes) -> None:
    before = PageHistory("live", "batch", "2026-06-01", None, b"", digest, 0, 0)
    assert has_bytes(before, b"page")
    assert not has_bytes(before, b"other")
