"""A topic and its tables, which give some places words that no other has."""

from __future__ import annotations

from tests.sites import BOARD_TABLE

BODY = """
Hello{% if place %} to {{ place.name }}{% endif %}, where we write of needles.

{% if place and place.clinics %}The town has {{ place.clinics }} clinics,
and {{ place.note }} is what they say of it.{% endif %}

## How they work

With a needle, which a person who knows how to hold it puts where it is needed.

## Questions {#faq}

### How long does it last?

Some weeks.
"""
CLINICS = BOARD_TABLE | {
    "file": "tables/clinics.csv",
    "attach": "place",
    "key": "id",
    "columns": {"clinics": {"type": "integer"}, "note": {}},
}
NOTE = "a quiet place by the river where doctors have time for those who come to them"
ROWS = f"id,clinics,note\n4739526,3,{NOTE}\n4735966,3,{NOTE}\n4671654,12,the capital of music and of heat\n"
TABLES = {"boards": BOARD_TABLE, "clinics": CLINICS}
"""Waco and Temple have the same clinics and the same note, Austin others, and the rest none."""
