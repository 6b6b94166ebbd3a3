"""A page's own words are those that few other pages of its topic and language print, however its text comes by them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from generator.load.places_format import PLACE_COLUMNS
from generator.similarity.own_words import NOBODYS_OWN, count_own_words
from generator.similarity.signatures import FOLLOWED, UNKNOWN, WHOLE, PageSignature, signatures_of
from tests.sites import BOARD_TABLE, EN, ES, PLACES, SITE, build, change, make_site, remembered, topic_text
from tests.sites import site_text as settings_text

COUNT = 36
REGIONS = (("IN", "Indiana"), ("OR", "Oregon"), ("TX", "Texas"))
FIRST = 4_000_000
"""The id of the first place."""
PLAIN = {
    "title": ["Sciatica{% if place %} in {{ place.full_name }}{% endif %}"],
    "description": ["About sciatica."],
    "h1": "Sciatica",
    "summary": "A summary.",
    "call_to_action": {"label": "Go", "url": "https://www.example.com/", "text": "Go there."},
}
NO_FACTS = "<p>Nothing of the city.</p>\n"
NOTES = BOARD_TABLE | {
    "file": "tables/notes.csv",
    "attach": "place",
    "key": "id",
    "columns": {
        "note": {},
        "households": {"type": "integer"},
        "income": {"type": "integer"},
        "age": {"type": "integer"},
        "clinics": {"type": "integer"},
        "doctors": {"type": "integer"},
        "pharmacies": {"type": "integer"},
        "share": {"type": "integer"},
        "minutes": {"type": "integer"},
    },
}
NOTED = "\nOf needles.\n\n{% if place %}{{ place.note }}{% endif %}\n"
FACTS = """
{% if place and place.population %}In {{ place.name }}, {{ place.population | number }} people live in about
{{ place.households | number }} households, and half of them are older than {{ place.age }} years. A typical household
earns {{ place.income | number }} dollars in a year. The city has {{ place.clinics }} clinics, {{ place.doctors }}
doctors and {{ place.pharmacies }} pharmacies, so that {{ place.share }} percent of those who look for a doctor find one
in the city of {{ place.name }} itself, and the others within {{ place.minutes }} minutes by car from where they
live.{% endif %}
"""
REFUSED = '{{ "{}".format("of needles") if place }}'
"""The sandbox formats by itself, which is not followed."""


def town(number: int) -> str:
    """A name of one word, of which no other begins with it."""
    return f"{'ABCD'[number // 10]}{'aeioulmnrs'[number % 10]}ville"


def places(**cells: Sequence[object]) -> str:
    """Places of three regions, a third of them in each; ``cells`` are columns."""
    lines = [",".join(PLACE_COLUMNS)]
    for number in range(COUNT):
        code, region = REGIONS[number // 12]
        row = dict.fromkeys(PLACE_COLUMNS, "") | {
            "id": FIRST + number, "name": town(number), "county": f"{town(number)} and More", "region_code": code,
            "region": region, "country": "US", "latitude": 30 + number // 6, "longitude": -100 + number % 6,
            "population": 12_345 + 1_001 * number, "time_zone": "America/Chicago", "slug": town(number).lower(),
        }  # fmt: skip
        row |= {name: column[number] for name, column in cells.items()}
        lines.append(",".join(f'"{cell}"' for cell in row.values()))
    return "\n".join(lines) + "\n"


def notes(note: Sequence[str] = ("",) * COUNT) -> str:
    figures = [
        (4_001 + 377 * n, 40_003 + 811 * n, 30 + n % 9, 2 + n // 2, 103 + 7 * n, 90 + n // 3, 40 + n % 30, 5 + n % 20)
        for n in range(COUNT)
    ]
    rows = [f'{FIRST + n},"{note[n]}",{",".join(map(str, figures[n]))}' for n in range(COUNT)]
    return "\n".join([f"id,{','.join(NOTES['columns'])}", *rows]) + "\n"


DIFFERENT = [" ".join(f"word{n}{k}" for k in "abcdefghijkl") for n in range(COUNT)]
"""Notes of twelve words that stand nowhere else."""


def site_with(folder: Path, text: str, note: Sequence[str] = ("",) * COUNT, **gate: Any) -> Path:
    """A site with three dozen places, whose templates show no fact of them, and whose article is ``text``."""
    files = {
        EN: topic_text(text, **PLAIN),
        ES: None,
        PLACES: places(),
        "content/tables/notes.csv": notes(note),
        "content/tables/boards.csv": "region,board\nIN,The Board\nOR,The Board\nTX,The Board\n",
        "templates/partials/facts.html": NO_FACTS,
    }
    return make_site(folder, files, **settings(**gate))


def settings(**gate: Any) -> Mapping[str, Any]:
    return {
        "tables": {"boards": BOARD_TABLE, "notes": NOTES},
        "gate": {"mode": "report", "min_local_words": 999} | gate,
    }


def told(site: Path) -> dict[str, int]:
    """The own words of each page by its town, as the gate says why it would keep it back."""
    with closing(sqlite3.connect(site / "output" / "ledger.sqlite")) as ledger:
        rows = ledger.execute("SELECT path, reason FROM pages WHERE kind = 'place'").fetchall()
    found = {path.split("/")[-2].capitalize(): re.search(r"\(It has (\d+)\.\)", reason) for path, reason in rows}
    return {name: int(match[1]) for name, match in found.items() if match}


def words(site: Path) -> set[int]:
    """The different numbers of own words that pages have."""
    build(site)
    found = told(site)
    assert len(found) == COUNT
    return set(found.values())


def test_a_paragraph_that_all_pages_print_adds_its_values_only(tmp_path: Path) -> None:
    assert words(site_with(tmp_path / "before", NOTED, DIFFERENT)) == {12}
    plain = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "1", FACTS)
    assert 60 <= len(plain.split()) <= 75
    after = words(site_with(tmp_path / "after", NOTED + FACTS, DIFFERENT))
    assert min(after) >= 15
    assert max(after) <= 30


def test_what_all_pages_print_is_nobodys_own_whatever_condition_it_stands_under(tmp_path: Path) -> None:
    assert words(site_with(tmp_path, "\nTwelve words that all pages share, whatever the city is.\n")) == {0}
    text = "\nOf needles.\n\n{% if place and place.population %}Twelve words that all places share.{% endif %}\n"
    assert words(site_with(tmp_path / "if", text)) == {0}


def test_a_passage_counts_the_less_the_more_pages_print_it(tmp_path: Path) -> None:
    # Of 36 pages 10.8 are 30 %.
    passage = (
        "{{% if place and place.population < {} %}}Ten words that only stand on pages of small places.{{% endif %}}"
    )
    text = f"\nOf needles.\n\n{passage}\n"
    for pages, count in ((1, 10), (2, 9), (6, 5), (10, 1), (11, 0), (20, 0)):
        site = site_with(tmp_path / str(pages), text.format(12_345 + 1_001 * pages))
        build(site)
        found = told(site)
        assert [found[town(n)] for n in range(COUNT)] == [count] * pages + [0] * (COUNT - pages), pages


def test_names_of_the_place_and_its_region_are_not_counted_and_make_nothing_different(tmp_path: Path) -> None:
    text = (
        "\nOf needles.\n\n{% if place %}In {{ place.name }}, {{ place.region.name }} ({{ place.full_name }}), or in"
        " {{ place.county }}, doctors (IN or TX) are in town. {{ place.name }}’s best. {{ place.note }}{% endif %}\n"
    )
    note = [
        f"The best town in {REGIONS[n // 12][1]} or elsewhere is {town(n)}, {REGIONS[n // 12][0]}."
        for n in range(COUNT)
    ]
    assert words(site_with(tmp_path, text, note)) == {0}
    # The same where each page's sentences are compared, as its text is not followed.
    assert words(site_with(tmp_path / "refused", text + REFUSED, note)) == {0}


def test_a_passage_within_another_one_leaves_the_rest_of_it_alone(tmp_path: Path) -> None:
    text = (
        "\nOf needles.\n\n{% if place and place.population %}Every place has this."
        " {% if place.clinics == 2 %}Two places have these eight words of theirs.{% endif %} All go on.{% endif %}\n"
    )
    site = site_with(tmp_path, text)
    build(site)
    assert [count for count in told(site).values() if count] == [7, 7]


def test_a_cell_counts_by_its_sentences(tmp_path: Path) -> None:
    note = [f"Only {n} says so. The rest of this cell stands everywhere." for n in range(COUNT)]
    assert words(site_with(tmp_path, NOTED, note)) == {4}


def test_what_nobody_reads_is_not_counted(tmp_path: Path) -> None:
    text = '\nOf needles.\n\n{% if place %}<a href="https://www.example.com/{{ place.id }}/">Go</a> there.{% endif %}\n'
    assert words(site_with(tmp_path, text)) == {0}


def test_facts_that_the_template_shows_count_and_what_stands_twice_counts_once(tmp_path: Path) -> None:
    site = site_with(
        tmp_path, "\nOf needles.\n\n{% if place %}{{ place.population }} or {{ place.population }}{% endif %}\n"
    )
    change(site, {"templates/partials/facts.html": "{% if place %}<p>{{ place.population }}</p>{% endif %}\n"})
    assert words(site) == {1}


def test_a_page_that_is_kept_back_for_another_reason_takes_nothing_from_others(tmp_path: Path) -> None:
    text = "\nOf needles.\n\n{% if place and place.population < 14000 %}Seven words on two pages of three.{% endif %}\n"
    condition = {"where": f"id = {FIRST}", "verdict": "noindex", "reason": "Not yet."}
    site = site_with(tmp_path, text, conditions=[condition])
    build(site)
    assert [told(site)[town(n)] for n in (1, 2)] == [7, 0]
    # And where most are kept back, what all others print is nobody's own.
    condition["where"] = "population > 14000"
    change(site, {SITE: settings_text(**settings(conditions=[condition]))})
    build(site)
    assert told(site) == {town(n): 0 for n in range(2)}


def test_a_page_that_is_not_followed_has_what_others_lack(tmp_path: Path) -> None:
    text = "\nOf needles, as all write. " + REFUSED + "\n\n{% if place %}{{ place.note }}{% endif %}\n"
    note = [f"{one}. All write this." for one in DIFFERENT]
    site = site_with(tmp_path, text, note)
    assert words(site) == {12}
    change(site, {"content/tables/notes.csv": notes([note[0], *["All write this."] * (COUNT - 1)])})
    change(site, {SITE: settings_text(**settings(mode="enforce", min_local_words=5))})
    build(site)
    assert told(site) == {town(n): 0 for n in range(1, COUNT)}


MIXED = (
    "\nOf needles, as all write. {% if place and place.population < 14000 %}"
    + REFUSED
    + " here. Two say so.{% endif %}"
    "\n\nIn {{ place.name if place else 'town' }} it is so.\n\n{% if place %}{{ place.note }}{% endif %}\n"
)
"""The first two places' pages are not followed."""


def test_a_page_that_is_not_followed_is_compared_with_those_that_are(tmp_path: Path) -> None:
    site = site_with(tmp_path, MIXED, DIFFERENT)
    build(site)
    found = told(site)
    assert {found[town(n)] for n in range(2, COUNT)} == {12}
    # What only those two say: "of needles here", and "two say so".
    assert [found[town(n)] for n in range(2)] == [17, 17]


def test_signatures_follow_their_siblings_when_only_a_cell_changes(tmp_path: Path) -> None:
    text = MIXED.replace("place.population < 14000", "place.clinics == 999")
    rows = notes(DIFFERENT)
    refused = rows.replace('l",4001,40003,30,2,', 'l",4001,40003,30,999,')
    assert refused != rows
    sites = {name: site_with(tmp_path / name, text, DIFFERENT) for name in ("site", "clean")}
    change(sites["clean"], {"content/tables/notes.csv": refused})
    build(sites["clean"])
    build(sites["site"])
    before = remembered(sites["site"])["surveys"]
    change(sites["site"], {"content/tables/notes.csv": refused})
    build(sites["site"])
    assert remembered(sites["site"])["surveys"] == remembered(sites["clean"])["surveys"]
    change(sites["site"], {"content/tables/notes.csv": rows})
    build(sites["site"])
    assert remembered(sites["site"])["surveys"] == before


def test_a_page_of_which_a_text_fails_is_not_counted(tmp_path: Path) -> None:
    text = "\nOf needles.\n\n{% if place %}{{ 6 // (place.clinics - 2) }}. {{ place.note }}{% endif %}\n"
    site = site_with(tmp_path, text, DIFFERENT)
    build(site)
    assert set(told(site)) == {town(n) for n in range(2, COUNT)}


PAGES = st.lists(
    st.tuples(st.sampled_from([0, FOLLOWED, WHOLE]), st.dictionaries(st.integers(0, 8), st.integers(0, 9))), max_size=20
)


@given(PAGES, st.sets(st.integers(0, 20)))
def test_own_words_are_those_of_each_piece_by_how_many_other_pages_have_it(
    pages: list[tuple[int, dict[int, int]]], left_out: set[int]
) -> None:
    # Pieces of traced pages and sentences of whole texts never have one digest.
    made = [
        PageSignature(n, known, None, {digest + 100 * known: size for digest, size in pieces.items()} if known else {})
        for n, (known, pieces) in enumerate(pages)
    ]
    found = count_own_words(signatures_of(made), left_out)
    for page, count in zip(made, found.tolist(), strict=True):
        siblings = [
            other
            for other in made
            if other.known == page.known and other.place != page.place and other.place not in left_out
        ]
        total = 0.0
        for digest, size in page.pieces.items():
            others = sum(digest in other.pieces for other in siblings)
            most = NOBODYS_OWN * (len(siblings) + 1)
            # Alone it counts in full, and where so many print it for nothing.
            total += size * (1 if others == 0 else 0 if others + 1 >= most else (most - others - 1) / (most - 1))
        assert count == UNKNOWN if page.known == 0 else abs(count - total) <= 0.5 + 1e-6


def test_pages_of_no_place_are_no_trouble() -> None:
    assert np.array_equal(count_own_words(signatures_of([]), ()), [])
