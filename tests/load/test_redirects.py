"""The author's redirects: what a row may say."""

from pathlib import Path

import pytest

from generator.errors import Finding
from generator.load.redirects import load_redirects
from generator.model import Redirect

AT = "content/redirects.csv"


def load(tmp_path: Path, text: str) -> tuple[tuple[Redirect, ...], list[Finding]]:
    content = tmp_path / "content"
    content.mkdir()
    (content / "redirects.csv").write_bytes(text.encode())
    return load_redirects(content, "https://www.kaly.com")


def test_without_the_file_there_are_no_redirects(tmp_path: Path) -> None:
    assert load_redirects(tmp_path / "content", "https://www.kaly.com") == ((), [])


def test_redirects_keep_their_order_and_are_permanent_unless_said(tmp_path: Path) -> None:
    assert load(tmp_path, "from,to,status\n/b,/new/?x=1#y,\n/a/,https://example.com/,302\n") == (
        (Redirect("/b", "/new/?x=1#y", 301, f"{AT}:2"), Redirect("/a/", "https://example.com/", 302, f"{AT}:3")),
        [],
    )


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("https://www.kaly.com/x/?y=1", "/x/?y=1"),
        ("http://WWW.kaly.com/x", "/x"),
        ("https://www.kaly.com", "/"),
        ("https://www.kaly.com?x", "/?x"),
        ("https://www.kaly.com.example/x", "https://www.kaly.com.example/x"),
        ("https://kaly.com/x", "https://kaly.com/x"),
    ],
)
def test_an_address_of_the_site_itself_becomes_a_path(tmp_path: Path, target: str, expected: str) -> None:
    redirects, findings = load(tmp_path, f"from,to\n/a,{target}\n")
    assert ([redirect.target for redirect in redirects], findings) == ([expected], [])


UNSAFE = "has a character that an address cannot have. Write a space as %20."


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (",/x", "column from: the cell is empty. Write the old path, like /old-page/."),
        ("old,/x", 'column from: "old" is not a path of this site. Begin it with one "/", like /old-page/.'),
        ("//e.com/,/x", 'column from: "//e.com/" is not a path of this site. Begin it with one "/", like /old-page/.'),
        ("/a b,/x", f'column from: "/a b" {UNSAFE}'),
        ("/a\u0001b,/x", f'column from: "/a\ufffdb" {UNSAFE}'),
        ('"/a\nb",/x', f'column from: "/a\ufffdb" {UNSAFE}'),
        ("/a\\b,/x", f'column from: "/a\\b" {UNSAFE}'),
        ("/a?b,/x", 'column from: "/a?b" has a query or a fragment. '
         "Redirects go by the path alone: leave out ? and # parts."),
        ("/a#b,/x", 'column from: "/a#b" has a query or a fragment. '
         "Redirects go by the path alone: leave out ? and # parts."),
        ("/a/*,/x", 'column from: "/a/*" has a placeholder. Write one row for each path, without * and :.'),
        ("/:a,/x", 'column from: "/:a" has a placeholder. Write one row for each path, without * and :.'),
        ("/a/../b,/x", 'column from: "/a/../b" has a part that is only dots. Write the path out.'),
        ("/a,", "column to: the cell is empty. Write the new path, like /new-page/, or a web address."),
        ("/a,x", 'column to: "x" is neither a path nor a web address. Begin it with / or https://.'),
        ("/a,//e.com", 'column to: "//e.com" is neither a path nor a web address. Begin it with / or https://.'),
        ("/a,javascript:x", 'column to: "javascript:x" is neither a path nor a web address. '
         "Begin it with / or https://."),
        ("/a,https://www.kaly.com//e.com", 'column to: "//e.com" is neither a path nor a web address. '
         "Begin it with / or https://."),
        ("/a,https://", 'column to: "https://" is neither a path nor a web address. Begin it with / or https://.'),
        ("/a,/x y", f'column to: "/x y" {UNSAFE}'),
        ("/a,/x\u0085y", f'column to: "/x\ufffdy" {UNSAFE}'),
        ("/a,/../y", 'column to: "/../y" has a part that is only dots. Write the path out.'),
    ],
)  # fmt: skip
def test_a_faulty_address_is_reported(tmp_path: Path, row: str, message: str) -> None:
    redirects, findings = load(tmp_path, f"from,to\n{row}\n")
    assert list(map(str, findings)) == [f"{AT}:2, {message}"]
    assert (redirects, findings[0].severity) == ((), "stop")


def test_an_unknown_status_is_reported(tmp_path: Path) -> None:
    assert list(map(str, load(tmp_path, "from,to,status\n/a,/b,200\n")[1])) == [
        f'{AT}:2, column status: "200" is not a redirect\'s status. '
        "Write 301, 302, 307 or 308, or leave the cell empty for 301."
    ]


def test_two_redirects_of_one_path_are_reported(tmp_path: Path) -> None:
    assert list(map(str, load(tmp_path, "from,to\n/a,/b\n/a,/c\n")[1])) == [
        f'{AT}:3, column from: "/a" is already redirected by {AT}:2. Keep one of the two rows.'
    ]


def test_every_fault_of_the_file_is_reported(tmp_path: Path) -> None:
    assert [finding.where for finding in load(tmp_path, "from,to,status\na,b,3\n/a\n")[1]] == [
        f"{AT}:3", f"{AT}:2, column from", f"{AT}:2, column to", f"{AT}:2, column status",
    ]  # fmt: skip
