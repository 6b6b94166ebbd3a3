"""``_headers`` is read as its hosts read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.check.headers import HeaderRule, headers_of, read_headers
from generator.check.published import Published

ORIGIN = "https://www.example.com"


def rules(folder: Path, text: str) -> tuple[HeaderRule, ...]:
    (folder / "_headers").write_text(text, "utf-8")
    return read_headers(Published(folder, ORIGIN))


def test_a_tree_without_the_file_has_no_rules(tmp_path: Path) -> None:
    assert read_headers(Published(tmp_path, ORIGIN)) == ()


def test_headers_stand_under_their_address(tmp_path: Path) -> None:
    text = "# a note\n/secure/page\n  X-Frame-Options: DENY\n\tReferrer-Policy:no-referrer\n\n/static/*\n  X-A: b: c\n"
    first, second = rules(tmp_path, text)
    assert first.pattern == "/secure/page"
    assert first.headers == (("x-frame-options", "DENY"), ("referrer-policy", "no-referrer"))
    assert second.headers == (("x-a", "b: c"),)


def test_what_is_no_rule_is_passed_over(tmp_path: Path) -> None:
    assert rules(tmp_path, "  X-A: b\nnonsense\n\ufeff\n/a\n  nothing\n") == (HeaderRule("/a", (), frozenset()),)


def test_the_headers_of_all_rules_that_fit_are_joined(tmp_path: Path) -> None:
    found = rules(tmp_path, "/*\n  X-A: 1\n  X-B: 2\n/a/*\n  x-a: 3\n/b\n  X-B: 4\n")
    assert headers_of("/a/c", found, ORIGIN) == {"x-a": "1, 3", "x-b": "2"}


def test_a_rule_takes_off_what_others_before_it_added(tmp_path: Path) -> None:
    found = rules(tmp_path, "/*\n  X-A: 1\n/a/*\n  ! X-A\n")
    assert headers_of("/a/", found, ORIGIN) == {}
    assert headers_of("/b/", found, ORIGIN) == {"x-a": "1"}


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("/*", "/", True),
        ("/*", "/a/b", True),
        ("/a/*", "/a/", True),
        ("/a/*", "/a", False),
        ("/a/*", "/b/a/", False),
        ("/*.html", "/a/b.html", True),
        ("/:a/b", "/x/b", True),
        ("/:a/b", "/x/y/b", False),
        ("/a.b", "/axb", False),
        ("/a(", "/a(", True),
        ("https://www.example.com/*", "/a", True),
        ("https://www.example.com", "/", True),
        ("https://:version.example.com/*", "/a", True),
        ("https://:project.pages.dev/*", "/a", False),
        ("https://example.pages.dev/*", "/a", False),
    ],
)
def test_an_address_fits_a_pattern_or_it_does_not(pattern: str, path: str, fits: bool) -> None:
    assert HeaderRule(pattern, (), frozenset()).covers(path, ORIGIN) is fits


@pytest.mark.parametrize("origin", ["", "http://[", "nonsense"])
def test_of_an_unknown_host_only_paths_fit(origin: str) -> None:
    assert HeaderRule("/*", (), frozenset()).covers("/a", origin)
    assert not HeaderRule("https://www.example.com/*", (), frozenset()).covers("/a", origin)
