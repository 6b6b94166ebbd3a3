"""The SQL condition that selects places: what it may say, and that nothing else gets through."""

from operator import eq, ge, gt, le, lt, ne

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.load import condition as condition_module
from generator.load.condition import COLUMNS, Condition, matching_ids
from generator.model import Place, Region

AT = "content/site.yaml:14"
EXAMPLE = "Write a condition like: region_code in ('TX', 'CA') and population > 50000."
KNOWN = (
    "Known: country, county, id, latitude, longitude, name, population, region, region_code, slug, time_zone. "
    "Text stands in single quotes, like 'TX'."
)
FUNCTIONS = (
    "Known: abs, coalesce, glob, ifnull, iif, instr, length, like, lower, ltrim, max, min, nullif, replace, round, "
    "rtrim, substr, trim, unicode, upper."
)


def place(number: int, name: str, code: str, region: str, population: int) -> Place:
    zone, slug = "America/Chicago", name.lower()
    return Place(number, name, "", Region(code, region, "US"), "US", 31.5, -97.1, population, zone, slug, "us.csv:2")


PLACES = [
    place(1, "Waco", "TX", "Texas", 132_356),
    place(2, "O'Fallon", "IL", "Illinois", 28_281),
    place(3, "Marfa", "TX", "Texas", 1_788),
    place(4, "Mobile", "AL", "Alabama", 195_111),
]


def ids(condition: str) -> set[int]:
    found, findings = matching_ids(PLACES, Condition(condition, AT))
    assert findings == []
    return set(found)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("region_code in ('TX','CA') and population > 50000", {1}),
        ("POPULATION >= 1e5 OR Region = 'Illinois'", {1, 2, 4}),
        ("name = 'O''Fallon'", {2}),
        ("\"region_code\" = 'TX' and not [id] = 3", {1}),
        ("`population` between 1000 and 30000", {2, 3}),
        ("name like '%o%' and length(name) = 4", {1}),
        ("name glob 'M*' and max(population, 2000) > 2000", {4}),
        ("case when region_code = 'TX' then population > 100000 else 0 end", {1}),
        ("latitude > 40 or county is null", set()),
        ("substr(slug, 1, 1) || '!' = 'm!'", {3, 4}),
        ("name = '-- not a comment; select (' or id = 3", {3}),
        ("population\n> 150000", {4}),
        ("not null", set()),
        ("id in (100,200,3)", {3}),
        ("iif(population > 15,100,200) = 100", {1, 2, 3, 4}),
        ("latitude < 40.125 and name <> 'O’Fallon' and population > 150000.5", {4}),
        ("cast(population as text) like '1%' collate nocase", {1, 3, 4}),
    ],
)
def test_a_condition_selects_places(condition: str, expected: set[int]) -> None:
    assert ids(condition) == expected


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ("regoin = 'Texas'", 'names "regoin", which is not a column. Did you mean "region"?'),
        ("\"regoin\" = 'Texas'", 'names "regoin", which is not a column. Did you mean "region"?'),
        ("[regoin] = `popluation`", 'names "regoin", which is not a column. Did you mean "region"?'),
        ("region_code = TX", f'names "TX", which is not a column. {KNOWN}'),
        ("rowid = 1", f'names "rowid", which is not a column. {KNOWN}'),
        ("current_date > 'x'", f'names "current_date", which is not a column. {KNOWN}'),
        ("id in places", f'names "places", which is not a column. {KNOWN}'),
        ("id in json_each", f'names "json_each", which is not a column. {KNOWN}'),
        ("length", f'names "length", which is not a column. {KNOWN}'),
        ("x'41' = name", f'names "x", which is not a column. {KNOWN}'),
        ("lowr(name) = 'waco'", 'cannot use the function "lowr". Did you mean "lower"?'),
        ("random() > 0", f'cannot use the function "random". {FUNCTIONS}'),
        ('"random"() > 0', f'cannot use the function "random". {FUNCTIONS}'),
        ("load_extension('x')", f'cannot use the function "load_extension". {FUNCTIONS}'),
        ("id in (select id from places)", f"must be a single condition, without SELECT, FROM. {EXAMPLE}"),
        ("id in (values (1))", f"must be a single condition, without VALUES. {EXAMPLE}"),
        ("1 order by id limit 1", f"must be a single condition, without ORDER, LIMIT. {EXAMPLE}"),
        ("max(id) over () > 1", f"must be a single condition, without OVER. {EXAMPLE}"),
        ("1 -- all", "must not hold an SQL comment. Use a YAML comment, with #, on a line of its own."),
        ("1 /* all */", "must not hold an SQL comment. Use a YAML comment, with #, on a line of its own."),
        ("1; drop table places", f'cannot use ";". {EXAMPLE}'),
        ("id = ?", f'cannot use "?". {EXAMPLE}'),
        ("id = :id", f'cannot use ":". {EXAMPLE}'),
        ("places.id = 1", f'cannot use ".". {EXAMPLE}'),
        ("name -> 1", f'cannot use "->". {EXAMPLE}'),
        ("1) or (1", "closes a bracket that it has not opened. Check the brackets."),
        ("(population > 1", "leaves a bracket open. Check the brackets."),
        ("name = 'Waco", "opens a ' and does not close it. Close it."),
        ('name = "Waco', 'opens a " and does not close it. Close it.'),
        ("population >= 15,000", "has the number 15,000. Write numbers without separators: 15000."),
        ("population >= 15.000", "has the number 15.000. Write numbers without separators: 15000."),
        ("(population >= 15 000)", "has the number 15 000. Write numbers without separators: 15000."),
        ("population >= 1_500_000", "has the number 1_500_000. Write numbers without separators: 1500000."),
        ("population >= 15'000", "has the number 15'000. Write numbers without separators: 15000."),
        ("name = 'population > 15,000' and population >", f'is not valid SQL (near ")": syntax error). {EXAMPLE}'),
        ("region_code = ‘TX’", "has typographic quotation marks (‘ ’). Write straight ones, like 'TX'."),
        ("region_code in (“TX”)", "has typographic quotation marks (“ ”). Write straight ones, like 'TX'."),
        ("name = 'Waco’", "has typographic quotation marks (’). Write straight ones, like 'TX'."),
        ("population >", f'is not valid SQL (near ")": syntax error). {EXAMPLE}'),
        ("max(population) > 1", f"is not valid SQL (misuse of aggregate function max()). {EXAMPLE}"),
        ("abs(-9223372036854775807 - 1)", f"is not valid SQL (integer overflow). {EXAMPLE}"),
        (" or ".join(["id = 1"] * 300), f"is nested too deeply, or joins more than 200 parts with and/or. {EXAMPLE}"),
        (f"name like '{'%a' * 51}'", f"has a pattern of more than 100 characters. {EXAMPLE}"),
        (f"length({'replace(' * 9}name{', substr(name, 1, 1), name || name || name)' * 9}) > 1",
         f"makes a text of more than 1,000 bytes. {EXAMPLE}"),
        ("id = 1 or " + "id = 1 " * 3000,
         "is longer than 20,000 characters. List the places in a CSV file and name it in places.list."),
    ],
)  # fmt: skip
def test_a_condition_that_cannot_be_used_is_reported_where_it_stands(condition: str, message: str) -> None:
    found, findings = matching_ids(PLACES, Condition(condition, AT))
    assert str(findings[0]) == f"{AT}: places.where {message}"
    assert findings[0].severity == "stop"
    assert not found


def test_a_condition_that_takes_too_many_steps_is_stopped() -> None:
    many = [place(number, "Waco", "TX", "Texas", number) for number in range(1, 2001)]
    _, findings = matching_ids(many, Condition(f"-1 in ({'population, ' * 1500} 1)", AT))
    assert [str(finding) for finding in findings] == [
        f"{AT}: places.where takes too long: more than 1,000 steps a place. {EXAMPLE}"
    ]


def test_every_number_with_separators_is_reported_at_once() -> None:
    _, findings = matching_ids(PLACES, Condition("population between 15,000 and 20,000", AT))
    assert [finding.fix for finding in findings] == [
        "Write numbers without separators: 15000.",
        "Write numbers without separators: 20000.",
    ]


def test_every_unknown_name_is_reported_at_once() -> None:
    _, findings = matching_ids(PLACES, Condition("regoin = 'x' and popluation > 5 and lowr(name) = 'x'", AT))
    assert [finding.fix for finding in findings] == [
        'Did you mean "region"?',
        'Did you mean "population"?',
        'Did you mean "lower"?',
    ]


@pytest.mark.parametrize(
    "condition",
    ["random() > 0", "load_extension('x')", "id in (select type from sqlite_schema)", "id in json_each('[1]')",
     "exists (select name from pragma_table_list)", "1) union select 1 where (1", "1; drop table places",
     "current_date > 1"],
)  # fmt: skip
def test_what_passed_the_scan_would_still_not_be_authorized(monkeypatch: pytest.MonkeyPatch, condition: str) -> None:
    monkeypatch.setattr(condition_module, "_scan", lambda *_: [])
    found, findings = matching_ids(PLACES, Condition(condition, AT))
    assert (found, len(findings)) == (frozenset(), 1)


WORDS = [*COLUMNS, *"( ) ' \" and in like , 1 = -- ; select [ ] ` max case end . \0 é not || -".split(" ")]


@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_no_condition_can_do_more_than_choose_among_the_places(words: list[str]) -> None:
    found, findings = matching_ids(PLACES, Condition(" ".join(words), AT))
    assert found <= {1, 2, 3, 4}
    assert not (found and findings)


@given(st.integers(0, 200_000), st.sampled_from([">", ">=", "<", "<=", "=", "<>"]))
def test_a_comparison_means_what_it_means_in_python(number: int, operator: str) -> None:
    compare = {">": gt, ">=": ge, "<": lt, "<=": le, "=": eq, "<>": ne}[operator]
    assert ids(f"population {operator} {number}") == {p.id for p in PLACES if compare(p.population, number)}
