"""Every way to change what a build reads, one by one: the site before, and what each edit writes."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.sites import (
    BOARD_TABLE,
    BOARDS,
    BODY,
    CATALOGUE,
    EN,
    ES,
    HOME,
    KEYS,
    LOCALE,
    OTHER_TITLES,
    PLACES,
    REPOSITORY,
    SITE,
    make_site,
    places_text,
    site_text,
    topic_text,
    without_row,
)

CLINICS = "content/tables/clinics.csv"
OVERRIDES = "content/places/overrides.csv"
REDIRECTS = "content/redirects.csv"
COUNTED = (
    "\n{% if place and place.clinics %}There are {{ place.clinics }} clinics."
    "{% endif %}\n{% if place and place.region.board %}Ask the {{ place.region.board }}.{% endif %}\n"
)
CLINIC_TABLE = BOARD_TABLE | {
    "file": "tables/clinics.csv",
    "attach": "place",
    "key": "id",
    "columns": {"clinics": {"type": "integer", "max_age_days": 365}},
}
TABLES: dict[str, Any] = {"boards": BOARD_TABLE, "clinics": CLINIC_TABLE}
TEXT = BODY.replace("\n## How", f"{COUNTED}\n## How")
ROWS = "id,clinics\n4739526,3\n4671654,12\n"

_TEMPLE = {"where": "name like 'Temp%'", "reason": "Temple is small."}

Edit = Mapping[str, str | bytes | None]


def edited_site(folder: Path) -> Path:
    """A site in which everything that can be edited is there."""
    return make_site(
        folder,
        {
            EN: topic_text(TEXT),
            ES: topic_text(TEXT, slug="ciatica"),
            CLINICS: ROWS,
            OVERRIDES: "action,id,name,reason\nskip,4341513,,too far\n",
            REDIRECTS: "from,to\n/waco/,/en-us/sciatica/texas/waco/\n",
            "content/public/proof.txt": "proof",
        },
        tables=TABLES,
    )


def _site(**keys: Any) -> Edit:
    return {SITE: site_text(tables=TABLES, **keys)}


def _templates() -> dict[str, Edit]:
    folder = REPOSITORY / "templates"
    edits = {}
    for file in sorted(folder.rglob("*.html")):
        text = file.read_text("utf-8")
        # Something that is seen wherever the template is used: after its first tag, or in its only block.
        seen = re.sub(r"(<[a-z][^<>{}]*>|{% block onward %})", r"\1<b>edited</b>", text, count=1)
        assert seen != text, file
        name = file.relative_to(folder).as_posix()
        edits[f"the template {name}"] = {f"templates/{name}": seen}
    return edits


def _catalogue() -> str:
    text = (REPOSITORY / CATALOGUE).read_text("utf-8")
    return re.sub(r'(msgid "Population"\nmsgstr ")[^"]*', r"\1Gente", text)


def _home(**words: Any) -> dict[str, Any]:
    return {"locales": {**KEYS["locales"], "en-US": LOCALE | {"home": HOME | words}}}


EDITS: Mapping[str, Edit] = {
    "a paragraph of a topic": {EN: topic_text(TEXT.replace("With a needle", "With a thin needle"))},
    "an answer of a topic": {ES: topic_text(TEXT.replace("Some weeks", "Many weeks"), slug="ciatica")},
    "the title of a topic": {EN: topic_text(TEXT, title=["Help{% if place %} in {{ place.name }}{% endif %}"])},
    "the date that an author gives": {EN: topic_text(TEXT, updated=datetime.date(2026, 5, 31))},
    "the name of a topic in navigation": {EN: topic_text(TEXT, nav_label="Needles")},
    "the reviewer of a topic": {EN: topic_text(TEXT, reviewer={"name": "A. Person", "credentials": "MD"})},
    "the address of a translation": {ES: topic_text(TEXT, slug="dolor")},
    "a language dropped": {ES: None},
    "another topic": {
        "content/topics/knee/en-US.md": topic_text(slug="knee", short_name="knee", nav_label="Knee", **OTHER_TITLES),
    },
    "the catalogue": {CATALOGUE: _catalogue()},
    "the style sheet": {"templates/static/site.css": "body { margin: 1px; }\n"},
    "a row of a table of regions": {BOARDS: "region,board\nLA,Louisiana Board\nTX,Board of Texas\n"},
    "a row of a table of places": {CLINICS: ROWS.replace("4739526,3", "4739526,4")},
    "a row of a table of places dropped": {CLINICS: "id,clinics\n4671654,12\n"},
    "a faulty row of a table": {CLINICS: ROWS.replace("4739526,3", "4739526,many")},
    "a cell that stands for a missing value": {BOARDS: "region,board\nLA,n/a\nTX,Texas Board\n"},
    "a place whose name stands for a missing one": {PLACES: places_text(Temple={"name": "NaN"})},
    "a decision about cells": _site(checks=[{"rule": "cell_placeholder", "severity": "off", "reason": "So."}]),
    "a place renamed by an override": {OVERRIDES: "action,id,name,reason\nrename,4739526,Wacko,\n"},
    "a place localised by an override": {OVERRIDES: "action,id,name:es-US,reason\nlocalise,4739526,Uaco,\n"},
    "a skipped place brought back": {OVERRIDES: "action,id,name,reason\n"},
    "the name of a neighbour": {PLACES: places_text(Temple={"name": "Tempel"})},
    "the population of a place": {PLACES: places_text(Temple={"population": 80000})},
    "the coordinates of a place": {PLACES: places_text(Temple={"latitude": 32.5})},
    "the county of a place": {PLACES: places_text(Temple={"county": "Bell"})},
    "the time zone of a place": {PLACES: places_text(Temple={"time_zone": "America/Denver"})},
    "the slug of a place": {PLACES: places_text(Temple={"slug": "temple-tx", "former_slugs": "temple"})},
    "two places of one name": {PLACES: places_text(Temple={"name": "Waco"})},
    "the name of a region": {PLACES: places_text().replace("Louisiana", "Luisiana")},
    "a place dropped": {PLACES: without_row(places_text(), '"Temple"')},
    "a faulty row of a place": {PLACES: places_text(Temple={"population": "many"})},
    "a row of a place that cannot be identified": {PLACES: places_text(Temple={"id": "x"})},
    "a redirect": {REDIRECTS: "from,to\n/austin/,/en-us/sciatica/texas/austin/\n"},
    "a public file": {"content/public/proof.txt": "other proof"},
    "the key brand": _site(brand="Kally"),
    "the key base_url": _site(base_url="https://www.example.org"),
    "the key locales, a heading": _site(**_home(heading="Good day")),
    "the key locales, a description": _site(**_home(description=["What we say."])),
    "the key locales, a disclaimer": _site(
        locales={**KEYS["locales"], "es-US": LOCALE | {"disclaimer": "No es un consejo."}}
    ),
    "the key urls": {**_site(urls={"place": "/{locale}/{topic}/{region}/in/{place}/"}), REDIRECTS: None},
    "the key places.where": _site(places={"where": "population >= 100000"}),
    "the key places.credit": _site(places={"where": "population >= 0", "credit": "GeoNames, changed"}),
    "the key tables, a credit": {
        SITE: site_text(tables={**TABLES, "boards": BOARD_TABLE | {"credit": True}}),
    },
    "the key organization": _site(organization={"name": "Kaly, Inc."}),
    "the key head": _site(head={"theme_color": "#123456", "verification": {"google": "token"}}),
    "the key analytics": _site(analytics={"script": "https://stats.example.com/script.js"}),
    "the key hsts": _site(hsts={"max_age_days": 1}),
    "the key robots": _site(robots={"ai_training": "disallow"}),
    "the key build": _site(build={"max_removed_share": 0.8}),
    "the key gate, no mode": _site(gate=None),
    "the key gate, a report": _site(gate={"mode": "report", "conditions": [_TEMPLE | {"verdict": "fold"}]}),
    "the key gate, another production": _site(gate={"mode": "enforce", "production_url": "https://www.kaly.com"}),
    "the key gate, a page not indexed": _site(
        gate={"mode": "enforce", "conditions": [_TEMPLE | {"verdict": "noindex"}], "required": ["place.clinics"]}
    ),
    "the key gate, a page folded": _site(gate={"mode": "enforce", "conditions": [_TEMPLE | {"verdict": "fold"}]}),
    "the key gate, a page held": _site(gate={"mode": "enforce", "conditions": [_TEMPLE | {"verdict": "withhold"}]}),
    "the key gate, few words": _site(gate={"mode": "enforce", "min_local_words": 8}),
    "the key gate, pages that are alike": _site(gate={"mode": "enforce", "max_similarity": 0.8}),
    "the key gate, topics not indexed": _site(gate={"mode": "enforce", "reviewed_within_days": 100}),
    "the key checks": _site(checks=[{"rule": "orphan", "severity": "info", "reason": "Known."}]),
    **_templates(),
}

DESIGN = {name for name in EDITS if name.startswith("the template ") or name == "the style sheet"}
"""Edits of what pages look like, which change nothing that they say."""

FAULTY = {
    "a faulty row of a table",
    "a faulty row of a place",
    "a row of a place that cannot be identified",
    "a cell that stands for a missing value",
    "a place whose name stands for a missing one",
}
"""Edits that leave pages as they were last built."""
