"""Sites with faults that rules find on pages before these are written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.clinics import TABLES
from tests.sites import (
    BOARDS,
    EN,
    ES,
    make_site,
    topic_text,
)

NOTED = "\n{% if place and place.clinics %}There are {{ place.clinics }} clinics: {{ place.note }}.{% endif %}\n"
NOTES = "id,clinics,note\n4739526,3,{}\n"
BODY = "\n{% if place %}Ask the {{ place.region.board }}, in {{ place.name }}.{% endif %}\n"
LENIENT = [{"rule": "placeholder_leak", "severity": "error", "reason": "The other pages need not wait."}]
ROWS = "region,board\nLA,Louisiana Board\nTX,Texas Board\n"


def site_of(folder: Path, body: str = BODY, **keys: Any) -> Path:
    return make_site(folder, {EN: topic_text(body), ES: topic_text(body, slug="ciatica"), BOARDS: ROWS}, **keys)


def noted(folder: Path, note: str, **keys: Any) -> Path:
    """A site of one language whose table notes something about Waco, which only its own page shows."""
    files = {EN: topic_text(NOTED), ES: None, "content/tables/clinics.csv": NOTES.format(note)}
    return make_site(folder, files, tables=TABLES, **keys)
