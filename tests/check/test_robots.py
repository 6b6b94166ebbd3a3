"""A robots.txt is read as RFC 9309 and Google's documentation have it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.check.published import Published
from generator.check.registry import all_rules
from generator.check.robots import MOST_BYTES, Robots, encode, read_robots, robots_lines

# Section 5.1 of the RFC.
RFC_SIMPLE = """
User-Agent: *
Disallow: *.gif$
Disallow: /example/
Allow: /publications/

User-Agent: foobot
Disallow:/
Allow:/example/page.html
Allow:/example/allowed.gif

User-Agent: barbot
User-Agent: bazbot
Disallow: /example/page.html

User-Agent: quxbot

EOF
"""
# Section 5.2.
RFC_LONGEST = """
User-Agent: foobot
Allow: /example/page/
Disallow: /example/page/disallowed.gif
"""


def allows(robots: Robots, crawler: str, path: str) -> bool:
    rule = robots.decisive(crawler, path)
    return rule is None or rule.allows


@pytest.mark.parametrize(
    ("crawler", "path", "is_allowed"),
    [
        ("anybot", "/a.gif", False),
        ("anybot", "/a.gif.html", True),
        ("anybot", "/example/", False),
        ("anybot", "/publications/a.gif", True),
        ("foobot", "/", False),
        ("FooBot", "/example/page.html", True),
        ("foobot", "/example/allowed.gif", True),
        ("foobot", "/publications/", False),
        ("barbot", "/example/page.html", False),
        ("bazbot", "/example/page.html", False),
        ("bazbot", "/example/other.html", True),
        ("quxbot", "/example/", True),
    ],
)
def test_each_crawler_keeps_the_rules_for_its_name(crawler: str, path: str, is_allowed: bool) -> None:
    assert allows(read_robots(RFC_SIMPLE), crawler, path) is is_allowed


def test_the_longest_rule_that_matches_decides() -> None:
    robots = read_robots(RFC_LONGEST)
    assert not allows(robots, "foobot", "/example/page/disallowed.gif")
    assert allows(robots, "foobot", "/example/page/other.gif")


# https://developers.google.com/search/docs/crawling-indexing/robots/robots_txt
@pytest.mark.parametrize(
    ("pattern", "matching", "other"),
    [
        ("/", "/any/valid/url", ""),
        ("/*", "/any", ""),
        ("/$", "/", "/any"),
        (
            "/fish",
            "/fish /fish.html /fish/salmon.html /fishheads /fish.php?id=anything",
            "/Fish.asp /catfish /desert/fish",
        ),
        ("/fish*", "/fish /fish.html /fishheads/yummy.html", "/Fish.asp /catfish /?id=fish"),
        ("/fish/", "/fish/ /fish/?id=anything /fish/salmon.htm", "/fish /fish.html /animals/fish/ /Fish/Salmon.asp"),
        ("/*.php", "/index.php /folder/any.php.file.html /filename.php/", "/ /windows.PHP"),
        ("/*.php$", "/filename.php /folder/filename.php", "/filename.php?parameters /filename.php/ /filename.php5"),
        ("/fish*.php", "/fish.php /fishheads/catfish.php?parameters", "/Fish.PHP"),
        ("*.gif$", "/a.gif", "/a.gif?b"),
        ("/a*b*c$", "/abc /aXbXcXc", "/acb /abcd"),
        ("/ab*ba$", "/abba /abXba", "/aba"),
    ],
)
def test_patterns_match_as_google_says(pattern: str, matching: str, other: str) -> None:
    robots = read_robots(f"User-agent: *\nDisallow: {pattern}")
    assert [path for path in matching.split() if allows(robots, "any", path)] == []
    assert [path for path in other.split() if not allows(robots, "any", path)] == []


@pytest.mark.parametrize(
    ("rules", "path", "is_allowed"),
    [
        ("allow: /p\ndisallow: /", "/page", True),
        ("allow: /folder\ndisallow: /folder", "/folder/page", True),
        ("allow: /page\ndisallow: /*.htm", "/page.htm", False),
        ("allow: /page\ndisallow: /*.ph", "/page.php5", True),
        ("allow: /$\ndisallow: /", "/", True),
        ("allow: /$\ndisallow: /", "/page.htm", False),
        ("disallow:", "/page", True),
        ("disallow: /", "/robots.txt", True),
    ],
)
def test_of_equally_long_rules_the_one_that_allows_decides(rules: str, path: str, is_allowed: bool) -> None:
    assert allows(read_robots(f"user-agent: *\n{rules}"), "any", path) is is_allowed


def test_groups_for_one_crawler_are_one_group_and_other_lines_do_not_part_them() -> None:
    lines = ["Disallow: /0", "User-agent: a", "Sitemap: https://x/y", "User-agent: B/1.0", "Disallow: /1"]
    robots = read_robots("\n".join([*lines, "User-agent: a", "Disallow: /2"]))
    assert [rule.pattern for rule in robots.rules("a")] == ["/1", "/2"]
    assert [rule.pattern for rule in robots.rules("b")] == ["/1"]
    assert robots.rules("c") == ()


def test_addresses_are_compared_in_one_way_of_writing_them() -> None:
    robots = read_robots("User-agent: *\nDisallow: /caf\u00e9\nDisallow: /a%2fb\nDisallow: /%7euser\nDisallow: /x y")
    forbidden = ("/caf%C3%A9/", "/caf%c3%a9", "/caf\u00e9", "/a%2Fb", "/~user", "/x%20y")
    assert [path for path in forbidden if allows(robots, "any", path)] == []
    assert allows(robots, "any", "/a/b")
    assert encode("/a%zz\ud800") == "/a%zz?"


def test_lines_may_end_in_any_way_and_begin_with_a_byte_order_mark() -> None:
    assert list(robots_lines("\ufeffA: 1\r\n\r# no\rB : 2 # x\nC")) == [(1, "a", "1"), (4, "b", "2"), (5, "", "C")]


def test_a_pattern_of_nothing_but_stars_is_matched_in_reasonable_time() -> None:
    robots = read_robots(f"User-agent: *\nDisallow: /{'*a' * 2_000}b$")
    assert allows(robots, "any", "/" + "a" * 20_000)


def test_a_file_that_is_too_long_to_be_read_is_found(tmp_path: Path) -> None:
    rule = all_rules()["robots_syntax"]
    file = tmp_path / "robots.txt"
    file.write_text("#" * MOST_BYTES)
    assert not list(rule.findings(Published(tmp_path)))
    file.write_text("#" * (MOST_BYTES + 1))
    (found,) = rule.findings(Published(tmp_path))
    assert "512,001 bytes" in found.what
