"""Rows of CSV files: where they start, what is cleaned, and every way in which a file can be wrong."""

import csv
import io
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.errors import Finding, Severity
from generator.load.csv_file import clean_cell, quoted, read_columns
from generator.load.rows import Row

SHOWN = "content/t.csv"


def read(
    tmp_path: Path,
    data: str | bytes,
    required: tuple[str, ...] = ("a", "b"),
    known: tuple[str, ...] | None = None,
    row_severity: Severity = "stop",
) -> tuple[list[Row], list[Finding]]:
    path = tmp_path / "t.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    columns, findings = read_columns(tmp_path, "t.csv", required, known, row_severity=row_severity)
    return columns.rows(), findings


def messages(tmp_path: Path, data: str | bytes, **options: object) -> list[str]:
    return [str(finding) for finding in read(tmp_path, data, **options)[1]]  # type: ignore[arg-type]


def test_a_row_knows_its_cells_and_its_place_in_the_file(tmp_path: Path) -> None:
    rows, findings = read(tmp_path, "a,b\n1,2\n3,4\n")
    assert findings == []
    assert [row.cells for row in rows] == [{"a": "1", "b": "2"}, {"a": "3", "b": "4"}]
    assert rows[1].where() == "content/t.csv:3"
    assert rows[1].where("b") == "content/t.csv:3, column b"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_row_after_a_quoted_line_break_has_its_physical_line(tmp_path: Path, newline: str) -> None:
    rows, _ = read(tmp_path, newline.join(["a,b", '"one', 'two",x', "", "3,4", ""]))
    assert [(row.line, row.cells["a"]) for row in rows] == [(2, "one two"), (5, "3")]


def test_a_byte_order_mark_and_spaces_around_names_are_not_part_of_a_column(tmp_path: Path) -> None:
    rows, findings = read(tmp_path, "\ufeffa, b\n 1 ,\t2\n")
    assert (rows[0].cells, findings) == ({"a": "1", "b": "2"}, [])


def test_rows_without_content_are_passed_over(tmp_path: Path) -> None:
    rows, findings = read(tmp_path, "\na,b\n\n,\n1,2\n , \n")
    assert ([row.line for row in rows], findings) == ([5], [])


def test_cells_are_composed_and_freed_of_controls_while_line_breaks_become_one_space() -> None:
    assert clean_cell(" Can\u0303on\x00\x07\x85 City\t\r\n\u2028Hall\ufffe\x9b ") == "Cañon City Hall›"


def test_what_windows_writes_instead_of_controls_comes_out_as_what_it_is() -> None:
    assert clean_cell("O\x92Brien \x96 \x93R&D\x94\x81") == "O’Brien – “R&D”"
    assert clean_cell("\u200b \ufeff") == ""


def test_a_cell_that_is_too_long_to_be_one_is_told_as_that(tmp_path: Path) -> None:
    _, (finding,) = read(tmp_path, f"a,b\n1,2\n3,{'x' * 131_073}\n")
    assert str(finding) == (
        "content/t.csv:3: a cell of this row is longer than 131,072 characters."
        " Shorten it, or look for a quotation mark that is lost."
    )


@given(st.text())
def test_a_clean_cell_never_holds_what_could_end_a_line_or_break_xml(text: str) -> None:
    cleaned = clean_cell(text)
    assert len(cleaned.splitlines()) <= 1
    assert not [character for character in cleaned if unicodedata.category(character) == "Cc"]
    assert clean_cell(cleaned) == cleaned


@given(
    st.lists(st.tuples(st.text(st.characters(codec="utf-8"), min_size=1), st.text(st.characters(codec="utf-8")))),
    st.sampled_from(",;\t"),
)
def test_what_a_csv_writer_writes_is_read_back_cleaned(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, str]], sign: str
) -> None:
    pairs = [(a.replace("\0", ""), b.replace("\0", "")) for a, b in pairs]
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=sign, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([("a", "b"), *pairs])
    rows, findings = read(tmp_path_factory.mktemp("rows"), buffer.getvalue())
    expected = [(clean_cell(a), clean_cell(b)) for a, b in pairs]
    assert findings == []
    assert [(row.cells["a"], row.cells["b"]) for row in rows] == [pair for pair in expected if any(pair)]


def test_a_missing_file_says_what_it_should_begin_with(tmp_path: Path) -> None:
    columns, findings = read_columns(tmp_path, "t.csv", ("a", "b"))
    assert (columns.rows(), list(map(str, findings))) == (
        [],
        ["content/t.csv: the file does not exist. Its first line should be: a,b."],
    )


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    (tmp_path / "t.csv").mkdir()
    _, findings = read_columns(tmp_path, "t.csv", ("a",))
    assert str(findings[0]) == "content/t.csv: the file cannot be read (Is a directory). Check its permissions."


@pytest.mark.parametrize("data", ["", "\ufeff", "\n\n"])
def test_an_empty_file_says_what_it_should_begin_with(tmp_path: Path, data: str) -> None:
    assert messages(tmp_path, data) == ["content/t.csv:1: the file is empty. Its first line should be: a,b."]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_file_in_another_encoding_says_where_and_how_to_save_it(tmp_path: Path, mark: bytes) -> None:
    assert messages(tmp_path, mark + b"a,b\r\nx,Ca\xf1on\r\n") == [
        'content/t.csv:2: byte 5 of the line is not UTF-8. Save it in the spreadsheet program as "CSV UTF-8".'
    ]


def test_a_zero_byte_says_that_this_is_no_text(tmp_path: Path) -> None:
    assert messages(tmp_path, b"a,b\n1,\x002\n") == [
        "content/t.csv:2: byte 3 of the line is zero, so this is not a text file. "
        'Save it in the spreadsheet program as "CSV UTF-8".'
    ]


def test_columns_that_are_missing_unknown_doubled_or_nameless_are_all_reported(tmp_path: Path) -> None:
    assert messages(
        tmp_path, "id,nmae,id,,slgu\n", required=("id", "name", "county"), known=("id", "name", "county", "slug")
    ) == [
        'content/t.csv:1: the column "id" appears twice. Rename or delete one of them.',
        "content/t.csv:1: column 4 has no name. Name it, or delete it.",
        'content/t.csv:1: the column "name" is missing, but there is "nmae". Did you mean "name"?',
        'content/t.csv:1: the column "county" is missing. Add it to the first line.',
        'content/t.csv:1: unknown column "slgu". Did you mean "slug"?',
    ]


def test_a_file_without_a_required_column_gives_no_rows(tmp_path: Path) -> None:
    assert read(tmp_path, "a,c\n1,2\n")[0] == []


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_what_separates_the_names_of_the_first_line_separates_all_cells(tmp_path: Path, sign: str) -> None:
    others = "".join({",", ";", "\t"} - {sign}).replace("\t", " ")
    rows, findings = read(tmp_path, f'\ufeff\n"a"{sign}b\n"1{sign}2"{sign}x{others}y\n')
    assert findings == []
    assert [(row.line, row.cells) for row in rows] == [(3, {"a": clean_cell(f"1{sign}2"), "b": f"x{others}y"})]


def test_a_sign_inside_a_quoted_name_separates_nothing(tmp_path: Path) -> None:
    rows, findings = read(tmp_path, '"a,b";"c"\n1;2\n', ("a,b", "c"))
    assert ([row.cells for row in rows], findings) == ([{"a,b": "1", "c": "2"}], [])


def test_a_comma_in_the_first_line_goes_before_every_other_sign(tmp_path: Path) -> None:
    rows, findings = read(tmp_path, "a,b;c\n1,2;3\n", ("a", "b;c"))
    assert ([row.cells for row in rows], findings) == ([{"a": "1", "b;c": "2;3"}], [])


def test_the_cure_of_a_row_names_the_sign_that_separates_its_file(tmp_path: Path) -> None:
    assert messages(tmp_path, "a;b\n1\n1;2;3\n") == [
        "content/t.csv:2: the row has 1 cell, the first line 2 columns. Keep the semicolons of empty cells.",
        "content/t.csv:3: the row has 3 cells, the first line 2 columns. "
        "Put a cell that contains a semicolon in quotation marks.",
    ]
    assert messages(tmp_path, "a\tb\n1\n") == [
        "content/t.csv:2: the row has 1 cell, the first line 2 columns. Keep the tabs of empty cells."
    ]


def test_a_row_that_is_separated_otherwise_than_the_first_line_says_so(tmp_path: Path) -> None:
    assert messages(tmp_path, "a,b\n1;2\n") == [
        "content/t.csv:2: the row has 1 cell, the first line 2 columns. "
        "Separate its cells with commas, like the first line."
    ]


def test_rows_with_too_many_or_too_few_cells_are_reported_and_marked(tmp_path: Path) -> None:
    rows, findings = read(tmp_path, "a,b\n1\n1,2,3\n5,6\n", row_severity="error")
    assert [str(finding) for finding in findings] == [
        "content/t.csv:2: the row has 1 cell, the first line 2 columns. Keep the commas of empty cells.",
        "content/t.csv:3: the row has 3 cells, the first line 2 columns. "
        "Put a cell that contains a comma in quotation marks.",
    ]
    assert {finding.severity for finding in findings} == {"error"}
    assert [row.is_whole for row in rows] == [False, False, True]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        ('a,b\n1,2\n3,"4\n5,6\n', "a quotation mark opens a cell in this row and nothing closes it"),
        ('a,b\n1,2\n"3"x,4\n', "a quotation mark stands in the middle of a quoted cell"),
    ],
)
def test_a_broken_quotation_is_reported_where_its_row_starts(tmp_path: Path, data: str, what: str) -> None:
    rows, findings = read(tmp_path, data)
    assert len(rows) == 1
    assert [str(finding) for finding in findings] == [
        f'content/t.csv:3: {what}. Write a quotation mark inside a quoted cell twice: "".'
    ]
    assert findings[0].severity == "stop"


def test_a_long_value_is_cut_in_messages() -> None:
    assert quoted("x" * 40) == f'"{"x" * 40}"'
    assert quoted("x" * 41) == f'"{"x" * 40}…"'


def test_invisible_characters_are_visible_in_messages() -> None:
    assert quoted("a\x1b[31m\u202eb") == '"a\N{REPLACEMENT CHARACTER}[31m\N{REPLACEMENT CHARACTER}b"'


raw = st.text(st.sampled_from("ab é\u0301 \t\n\x85\u200b|\x93\xa0"), max_size=4)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(raw, min_size=1, max_size=3), max_size=6))
def test_cells_that_are_cleaned_by_column_are_those_that_are_cleaned_one_by_one(
    tmp_path: Path, lines: list[list[str]]
) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([["a", "b"], *lines])
    rows, _ = read(tmp_path, written.getvalue())
    expected = [[clean_cell(cell) for cell in line] for line in lines]
    found = [([*row.cells.values()], row.is_whole) for row in rows]
    assert found == [(line[:2], len(line) == 2) for line in expected if any(line)]
