"""Rules of rows that ask whole columns find what a look at each row by itself would."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.check.examples import Data
from generator.check.registry import load_rules, rule_modules, rule_names
from generator.check.rules.source_data.coordinates_far import coordinates_far
from generator.check.rules.source_data.place_twice import place_twice
from generator.load.rows import Columns, ColumnType, Rows

_OF_MANY_ROWS = ("column_constant", "coordinates_far", "place_twice")
OF_ONE_CELL = [rule for rule in load_rules(rule_names("source_data")) if rule.id not in _OF_MANY_ROWS]
KINDS: dict[str, ColumnType] = {"name": "text", "zip": "text", "site": "url", "clinics": "integer"}


def _example_cells() -> Iterator[str]:
    """Every cell of an example of data, good or bad."""
    for module in rule_modules().values():
        for example in (*module.GOOD, *module.BAD):
            if isinstance(example, Data):
                for cells in example.rows().columns.cells.values():
                    yield from cells


cells = st.one_of(
    st.sampled_from(sorted(set(_example_cells()))),
    st.lists(st.sampled_from(["a", "A", "WACO", " ", ",", "#", "N/A", "-", "**", "&amp;", "Ã", "±", "(", "["])).map(
        "".join
    ),
)
rows = st.lists(st.tuples(*[cells] * len(KINDS)), max_size=8)


def _rows(lines: list[tuple[str, ...]], first: int = 2) -> Rows:
    columns = {name: [line[number] for line in lines] for number, name in enumerate(KINDS)}
    return Rows(Columns("t.csv", range(first, first + len(lines)), columns), "overrides", KINDS)


# To make the rows takes most of the time, so all rules look at the same ones.
@settings(max_examples=200)
@given(lines=rows)
def test_a_cell_is_faulty_by_itself_and_among_others(lines: list[tuple[str, ...]]) -> None:
    together = _rows(lines)
    alone = [_rows([line], number) for number, line in enumerate(lines, start=2)]
    for rule in OF_ONE_CELL:
        found = [found for row in alone for found in rule.findings(row)]
        assert sorted(rule.findings(together)) == sorted(found), rule.id


places = st.fixed_dictionaries(
    {
        "name": st.sampled_from(
            ["Saint Paul", "St. Paul", "St Paul", "Paul", "ST-PAUL", "St_Paul", " paul ", "Ste  P"]
        ),
        "county": st.sampled_from(["", "Bell"]),
        "region_code": st.sampled_from(["TX", "LA"]),
        "region": st.just("Texas"),
        "skip": st.sampled_from(["", "", "closed"]),
        "latitude": st.sampled_from(["31.5", "32", "36.1", "-31.5", "nan", "inf", "", "x", "1e400"]),
        "longitude": st.sampled_from(["-97.1", "179.9", "-179.9", "97", "west", ""]),
    }
)


def _places(lines: list[dict[str, str]]) -> Rows:
    columns = {name: [line[name] for line in lines] for name in (lines or [{}])[0]}
    return Rows(Columns("us.csv", range(2, len(lines) + 2), columns), "places", {"name": "text"})


@given(st.lists(places, min_size=1, max_size=12))
def test_a_place_has_two_rows_where_a_comparison_of_all_pairs_says_so(lines: list[dict[str, str]]) -> None:
    def spelled(name: str) -> list[str]:
        words = "".join(sign if sign.isalnum() else " " for sign in name.casefold()).split()
        return [{"st": "saint", "ste": "sainte"}.get(word, word) for word in words]

    expected = []
    shown = [line for line in enumerate(lines, start=2) if not line[1]["skip"]]
    for number, line in shown:
        first = next(
            other
            for _, other in shown
            if all(other[column] == line[column] for column in ("county", "region_code"))
            and spelled(other["name"]) == spelled(line["name"])
        )
        if first["name"] != line["name"]:
            expected.append(f"us.csv:{number}, column name")
    assert [found.where for found in place_twice.findings(_places(lines))] == expected


@given(st.lists(places, min_size=1, max_size=14))
def test_a_place_is_far_where_a_comparison_of_all_pairs_says_so(lines: list[dict[str, str]]) -> None:
    def field(line: dict[str, str]) -> tuple[int, int] | None:
        try:
            return int(float(line["latitude"]) // 5), int(float(line["longitude"]) // 5) % 72
        except (ValueError, OverflowError):
            return None

    expected = set()
    for number, line in enumerate(lines, start=2):
        own = field(line)
        others = [field(other) for other in lines if other is not line and other["region_code"] == line["region_code"]]
        fields = [other for other in others if other]
        if own and len(fields) >= 4:
            near = [abs(n - own[0]) <= 1 and (e - own[1] + 1) % 72 <= 2 for n, e in fields]
            if not any(near):
                expected.add(f"us.csv:{number}, column latitude")
    assert {found.where for found in coordinates_far.findings(_places(lines))} == expected
