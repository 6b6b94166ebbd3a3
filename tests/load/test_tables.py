"""Tables: what a cell may be, whose row it is, what expires, and what is frozen."""

import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.config import TableConfig
from generator.load.places import LoadedPlaces
from generator.load.row_rules import RowRules
from generator.load.tables import LoadedTables, attach_facts, load_tables
from generator.model import Attribution, FrozenPlace, Place, Region

TEXAS, ALABAMA = Region("TX", "Texas", "US"), Region("AL", "Alabama", "US")
NOW = datetime.date(2026, 6, 1)
AT = "content/tables/t.csv"
NO_ROW = "there is no row for"


def place(number: int, region: Region = TEXAS) -> Place:
    slug, zone = f"place-{number}", "America/Chicago"
    return Place(number, "Waco", "", region, region.country, 31.5, -97.1, 1000, zone, slug, "us.csv:2")


PLACES = (place(4, ALABAMA), place(1), place(2))
LOADED = LoadedPlaces(
    places=PLACES,
    skipped=(place(7),),
    frozen=(FrozenPlace(8, "Saltillo", Region("COA", "Coahuila", "MX"), "saltillo", "content/places/mx.csv:2"),),
    regions={("US", "TX"): TEXAS, ("US", "AL"): ALABAMA},
)


def table(columns: dict[str, dict[str, object]], **more: object) -> TableConfig:
    keys = {"file": "tables/t.csv", "attach": "region", "key": "region", "country": "US", "source": "Board list",
            "date": datetime.date(2026, 1, 1), "columns": columns} | more  # fmt: skip
    return TableConfig.model_validate(keys)


def load(tmp_path: Path, text: str, *tables: TableConfig, now: datetime.date = NOW) -> LoadedTables:
    (tmp_path / "content" / "tables").mkdir(parents=True, exist_ok=True)
    (tmp_path / "content" / "tables" / "t.csv").write_text(text, encoding="utf-8")
    named = {f"t{number}": declared for number, declared in enumerate(tables, start=1)}
    loaded = read(tmp_path, named, now)
    # Most of these tables have one row on purpose; a test of its own is about the warning.
    return replace(loaded, findings=[f for f in loaded.findings if NO_ROW not in f.what])


def read(tmp_path: Path, tables: dict[str, TableConfig], now: datetime.date = NOW) -> LoadedTables:
    def at(path: tuple[str, ...]) -> str:
        return f"content/site.yaml, {'.'.join(path)}"

    return load_tables(tmp_path / "content", tables, LOADED, now, at, RowRules())


def messages(loaded: LoadedTables) -> list[str]:
    return [str(finding) for finding in loaded.findings]


BOARD = table({"board": {}})
BY_PLACE = table({"clinics": {"type": "integer"}}, attach="place", key="id")


def test_a_region_table_gives_facts_to_its_regions(tmp_path: Path) -> None:
    loaded = load(tmp_path, "region,board\nTX,Texas Medical Board\nAL,\n", BOARD)
    assert loaded.findings == []
    assert loaded.facts == {"US-TX": {"board": "Texas Medical Board"}, "US-AL": {"board": None}}


def test_a_place_table_gives_facts_to_its_places(tmp_path: Path) -> None:
    loaded = load(tmp_path, "id,clinics\n1,12\n", BY_PLACE)
    assert (loaded.findings, loaded.facts) == ([], {1: {"clinics": 12}})


def test_attached_facts_are_there_for_every_place_and_regions_stay_shared(tmp_path: Path) -> None:
    text = "region,id,board,clinics\nTX,1,TMB,12\n"
    facts = load(tmp_path, text, BOARD, BY_PLACE).facts
    places = attach_facts(PLACES, {"board": BOARD, "clinics": BY_PLACE}, facts)
    assert [found.id for found in places] == [4, 1, 2]
    assert [found.facts for found in places] == [{"clinics": None}, {"clinics": 12}, {"clinics": None}]
    assert [found.region.facts for found in places] == [{"board": None}, {"board": "TMB"}, {"board": "TMB"}]
    assert places[1].region is places[2].region


def test_without_tables_places_are_as_they_were(tmp_path: Path) -> None:
    assert attach_facts(PLACES, {}, load(tmp_path, "").facts) == PLACES


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", "a <b> {{ 7*7 }}", "a <b> {{ 7*7 }}"),
        ("integer", "-12", -12),
        ("number", "1250.50", 1250.5),
        ("boolean", "Yes", True),
        ("boolean", "FALSE", False),
        ("date", "2026-02-28", datetime.date(2026, 2, 28)),
        ("url", "https://example.com/a?b", "https://example.com/a?b"),
        ("integer", "", None),
    ],
)
def test_a_cell_has_its_columns_type(tmp_path: Path, kind: str, text: str, value: object) -> None:
    loaded = load(tmp_path, f"region,board\nTX,{text}\n", table({"board": {"type": kind}}))
    assert loaded.facts["US-TX"]["board"] == value
    assert type(loaded.facts["US-TX"]["board"]) is type(value)


DATE_CURE = "Write year, month and day, like 2026-01-31."
URL_CURE = "Write it whole, like https://www.example.com/page."


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        ("integer", "12.5", '"12.5" is not a whole number. Write digits only, like 1250.'),
        ("integer", "1_000", '"1_000" is not a whole number. Write digits only, like 1250.'),
        ("number", "1e5", '"1e5" is not a number. Write digits with a decimal point, like 1250.5.'),
        ("number", "nan", '"nan" is not a number. Write digits with a decimal point, like 1250.5.'),
        ("boolean", "maybe", '"maybe" is neither yes nor no. Write yes or no.'),
        ("date", "01/31/2026", f'"01/31/2026" is not a date. {DATE_CURE}'),
        ("date", "20260131", f'"20260131" is not a date. {DATE_CURE}'),
        ("date", "2026-02-30", f'"2026-02-30" is not a date. {DATE_CURE}'),
        ("url", "www.example.com", f'"www.example.com" is not a web address. {URL_CURE}'),
        ("url", "javascript:alert(1)", f'"javascript:alert(1)" is not a web address. {URL_CURE}'),
        ("url", "https://[x/", f'"https://[x/" is not a web address. {URL_CURE}'),
        ("url", "https://e.com/<b>", f'"https://e.com/<b>" is not a web address. {URL_CURE}'),
        ("integer", "x" * 50, f'"{"x" * 40}…" is not a whole number. Write digits only, like 1250.'),
    ],
)
def test_a_cell_of_the_wrong_type_is_an_error_and_holds_its_region(
    tmp_path: Path, kind: str, text: str, message: str
) -> None:
    loaded = load(tmp_path, f"region,board\nAL,\nTX,{text}\n", table({"board": {"type": kind}}))
    assert messages(loaded) == [f"{AT}:3, column board: {message}"]
    assert loaded.findings[0].severity == "error"
    assert loaded.frozen == {"US-TX": f"{AT}:3"}


def test_an_empty_cell_of_a_required_column_is_an_error(tmp_path: Path) -> None:
    loaded = load(tmp_path, "id,clinics\n1,\n", table({"clinics": {"required": True}}, attach="place", key="id"))
    assert messages(loaded) == [f"{AT}:2, column clinics: the cell is empty. Fill it in: the column is required."]
    assert loaded.frozen == {1: f"{AT}:2"}


def test_every_faulty_cell_of_a_row_is_reported(tmp_path: Path) -> None:
    columns: dict[str, dict[str, object]] = {"a": {"type": "integer"}, "b": {"type": "date"}}
    loaded = load(tmp_path, "region,a,b\nTX,x,y\n", table(columns))
    assert [finding.where for finding in loaded.findings] == [f"{AT}:2, column a", f"{AT}:2, column b"]


def test_a_key_that_matches_nothing_is_an_error(tmp_path: Path) -> None:
    loaded = load(tmp_path, "region,board\nTXX,a\n99,b\n,c\n", BOARD)
    assert messages(loaded) == [
        f'{AT}:2, column region: no region of US has the code "TXX". Did you mean "TX"?',
        f'{AT}:3, column region: no region of US has the code "99". Known: AL, TX.',
        f"{AT}:4, column region: the cell is empty. Write the region's code as in the places file, like TX.",
    ]
    assert {finding.severity for finding in loaded.findings} == {"error"}
    assert loaded.frozen == {}


def test_a_place_key_must_be_an_id_of_the_tables_country(tmp_path: Path) -> None:
    loaded = load(tmp_path, "id,clinics\n8,1\n", BY_PLACE)
    assert messages(loaded) == [
        f'{AT}:2, column id: no place of US has the id "8". Write the place\'s id as in the places file, like 4671654.'
    ]


def test_a_row_of_a_skipped_or_frozen_place_is_no_fault(tmp_path: Path) -> None:
    assert load(tmp_path, "id,clinics\n7,1\n", BY_PLACE).findings == []


def test_two_rows_of_one_key_are_an_error_and_hold_it(tmp_path: Path) -> None:
    loaded = load(tmp_path, "region,board\nTX,a\nTX,b\n", BOARD)
    assert messages(loaded) == [f'{AT}:3, column region: {AT}:2 already has the region "TX". Keep one of the two rows.']
    assert loaded.frozen == {"US-TX": f"{AT}:3"}


def test_a_row_with_too_many_cells_holds_the_region_that_it_names(tmp_path: Path) -> None:
    loaded = load(tmp_path, "region,board\nTX,a,b\n", BOARD)
    assert [finding.severity for finding in loaded.findings] == ["error"]
    assert loaded.frozen == {"US-TX": f"{AT}:2"}


def test_a_declared_column_that_the_file_lacks_stops_the_build(tmp_path: Path) -> None:
    loaded = load(tmp_path, "region,baord\nTX,a\n", BOARD)
    assert messages(loaded) == [f'{AT}:1: the column "board" is missing, but there is "baord". Did you mean "board"?']
    assert loaded.findings[0].severity == "stop"


def test_a_column_that_is_not_declared_is_a_warning(tmp_path: Path) -> None:
    loaded = load(tmp_path, "region,board,notes\nTX,a,x\nAL,b,y\n", BOARD)
    assert messages(loaded) == [
        f"{AT}:1, column notes: the column is not declared in site.yaml, so pages cannot use it. "
        "Declare it under the table's columns, or delete it."
    ]
    assert loaded.findings[0].severity == "warning"
    assert loaded.facts["US-TX"] == {"board": "a"}


@pytest.mark.parametrize(("now", "value"), [(datetime.date(2026, 1, 31), "a"), (datetime.date(2026, 2, 1), None)])
def test_a_column_expires_after_its_last_day(tmp_path: Path, now: datetime.date, value: str | None) -> None:
    declared = table({"board": {"max_age_days": 30}, "other": {"max_age_days": 30, "date": datetime.date(2026, 5, 1)}})
    loaded = load(tmp_path, "region,board,other\nTX,a,b\nAL,a,b\n", declared, now=now)
    assert loaded.facts["US-TX"] == {"board": value, "other": "b"}
    expected = [
        'content/site.yaml, tables.t1.columns.board: the column "board" was good until 2026-01-31, '
        "so pages are without it. Bring the file and its date up to date."
    ]
    assert messages(loaded) == (expected if value is None else [])
    assert {finding.severity for finding in loaded.findings} <= {"warning"}


def test_a_maximum_age_beyond_the_calendar_never_expires(tmp_path: Path) -> None:
    declared = table({"board": {"max_age_days": 10**12}})
    assert load(tmp_path, "region,board\nTX,a\n", declared).findings == []


def test_names_that_pages_cannot_use_stop_the_build(tmp_path: Path) -> None:
    by_region = table({"medical board": {}, "name": {}, "_x": {}})
    loaded = load(tmp_path, "region,medical board,name,_x\nTX,,,\n", by_region)
    fix = "Use letters, digits and _, a letter first; rename the column in the file, too."
    key = "content/site.yaml, tables.t1.columns"
    assert messages(loaded) == [
        f'{key}.medical board: pages cannot use a column called "medical board". {fix}',
        f'{key}.name: every region has a "name" already. Give the column another name, in the file, too.',
        f'{key}._x: pages cannot use a column called "_x". {fix}',
    ]
    assert {finding.severity for finding in loaded.findings} == {"stop"}


def test_a_table_without_rows_stops_the_build(tmp_path: Path) -> None:
    loaded = load(tmp_path, "region,board\n", BOARD)
    assert messages(loaded) == [
        f"{AT}: the table has no rows below its first line. Export it again, or take the table out of site.yaml."
    ]
    assert loaded.findings[0].severity == "stop"


def test_a_region_column_may_be_called_what_only_places_have(tmp_path: Path) -> None:
    assert load(tmp_path, "region,population\nTX,5\n", table({"population": {}})).findings == []


def test_two_tables_cannot_attach_one_column_to_the_same_thing(tmp_path: Path) -> None:
    loaded = load(
        tmp_path, "region,board\nTX,a\n", BOARD, BOARD, table({"board": {}}, country="MX", file="tables/m.csv")
    )
    assert messages(loaded)[0] == (
        'content/site.yaml, tables.t2.columns.board: the table "t1" already attaches a column "board" to every region. '
        "Give one of them another name."
    )
    assert [finding.where for finding in loaded.findings[1:]] == ["content/tables/m.csv"]


def test_tables_that_ask_for_credit_get_it_once(tmp_path: Path) -> None:
    credited = table({"board": {}, "x": {"source": "Another list"}}, credit=True, source_url="https://example.com/")
    loaded = load(
        tmp_path, "region,board,x\n", credited, table({"y": {}}), table({"z": {"source": "Another list"}}, credit=True)
    )
    assert loaded.attributions == (
        Attribution("Board list", "https://example.com/"),
        Attribution("Another list"),
        Attribution("Board list"),
    )


def test_a_region_without_a_row_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / "content" / "tables").mkdir(parents=True)
    (tmp_path / "content" / "tables" / "t.csv").write_text("region,board\nTX,TMB\n", encoding="utf-8")
    loaded = read(tmp_path, {"t": BOARD})
    assert messages(loaded) == [f"{AT}: {NO_ROW} AL, so pages there are without its columns. Add the row."]
    assert loaded.findings[0].severity == "warning"


def test_a_row_for_nobody_known_may_be_meant_for_those_without_one(tmp_path: Path) -> None:
    loaded = load(tmp_path, "region,board\nTX,TMB\nal,ABME\n", BOARD)
    assert loaded.uncertain == {"US-AL"}
    assert loaded.frozen == {}


def test_a_place_for_nobody_known_makes_the_places_without_a_row_uncertain(tmp_path: Path) -> None:
    loaded = load(tmp_path, "id,clinics\n1,3\n99,5\n", BY_PLACE)
    assert loaded.uncertain >= {2, 4}
    assert 1 not in loaded.uncertain
