"""The static host that the judges and the browser tests look at a site through."""

from __future__ import annotations

import gzip
import http.client
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.errors import SiteError
from tests.verify.certificate import make_certificate
from tests.verify.host import Served, serve
from tests.verify.host_rules import find_redirect, headers_for, parse_headers, parse_redirects

HEADERS = """\
# Comments and blank lines are allowed.
/*
  X-Content-Type-Options: nosniff
  Cache-Control: public, max-age=60

/assets/*
  ! Cache-Control
  Cache-Control: public, max-age=31536000, immutable
"""
REDIRECTS = """\
# former addresses
/old/ /new/ 301
/moved/* /new/:splat 302
/towns/:town/ /cities/:town/ 308
/gone/ /404.html 410
/plain/ /new/
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "new").mkdir(parents=True)
    (folder / "assets").mkdir()
    (folder / "index.html").write_text("<!DOCTYPE html><title>Home</title>" + "<p>long enough to shrink</p>" * 40)
    (folder / "new/index.html").write_text("<!DOCTYPE html><title>New</title>")
    (folder / "404.html").write_text("<!DOCTYPE html><title>Nothing here</title>")
    (folder / "assets/card-0123abcd.jpg").write_bytes(b"\xff\xd8\xff\xe0 picture")
    (folder / "sitemap.xml").write_text("<sitemapindex/>")
    (folder / "_headers").write_text(HEADERS)
    (folder / "_redirects").write_text(REDIRECTS)
    (tmp_path / "secret.txt").write_text("outside the tree")
    return folder


@pytest.fixture
def served(tree: Path) -> Iterator[Served]:
    with serve(tree, "www.example.com", None) as running:
        yield running


def get(served: Served, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    client = http.client.HTTPConnection("127.0.0.1", served.port, timeout=10)
    client.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = client.getresponse()
    answer = response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
    client.close()
    return answer


def test_a_folder_is_answered_with_its_index(served: Served) -> None:
    status, headers, body = get(served, "/new/?utm=1")
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert b"<title>New</title>" in body


def test_a_folder_without_its_slash_is_redirected_to_the_address_with_it(served: Served) -> None:
    status, headers, _ = get(served, "/new")
    assert (status, headers["location"]) == (301, "/new/")


def test_an_unknown_path_gets_the_404_page_with_status_404_and_the_site_s_headers(served: Served) -> None:
    status, headers, body = get(served, "/nowhere/at/all/")
    assert (status, headers["x-content-type-options"]) == (404, "nosniff")
    assert b"Nothing here" in body


@pytest.mark.parametrize(
    "path", ["/_headers", "/_redirects", "/../secret.txt", "/%2e%2e/secret.txt", "/new/..%2f..%2fsecret.txt"]
)
def test_what_is_no_part_of_the_site_is_not_served(served: Served, path: str) -> None:
    assert get(served, path)[0] == 404


def test_text_is_compressed_for_those_who_accept_it_and_pictures_never(served: Served) -> None:
    _, plain_headers, plain = get(served, "/")
    _, headers, body = get(served, "/", Accept_Encoding="br, gzip")
    assert "content-encoding" not in plain_headers
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(body) == plain
    assert len(body) == int(headers["content-length"]) < len(plain)
    assert "content-encoding" not in get(served, "/assets/card-0123abcd.jpg", Accept_Encoding="gzip")[1]
    assert get(served, "/sitemap.xml", Accept_Encoding="gzip")[1]["content-encoding"] == "gzip"


def test_head_is_answered_with_the_headers_of_get_and_no_body(served: Served) -> None:
    client = http.client.HTTPConnection("127.0.0.1", served.port, timeout=10)
    client.request("HEAD", "/")
    response = client.getresponse()
    assert response.read() == b""
    length = response.getheader("Content-Length")
    client.request("GET", "/")
    assert length == str(len(client.getresponse().read()))
    client.close()


def test_a_rule_s_headers_reach_the_paths_that_it_matches(served: Served) -> None:
    assert get(served, "/")[1]["cache-control"] == "public, max-age=60"
    assert get(served, "/assets/card-0123abcd.jpg")[1]["cache-control"] == "public, max-age=31536000, immutable"


def test_a_header_of_two_matching_rules_is_joined_whatever_its_case() -> None:
    rules = parse_headers("/*\n  Cache-Control: no-cache\n/a/*\n  cache-control: public\n")
    assert headers_for(rules, "/a/b") == {"cache-control": "no-cache, public"}
    assert headers_for(rules, "/b") == {"Cache-Control": "no-cache"}


def test_a_pattern_matches_whole_paths_and_its_dots_are_dots() -> None:
    rules = parse_headers("/robots.txt\n  X-Robots: yes\n")
    assert headers_for(rules, "/robots.txt") == {"X-Robots": "yes"}
    assert headers_for(rules, "/robotsAtxt") == headers_for(rules, "/robots.txt/more") == {}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/old/", ("/new/", 301)),
        ("/moved/a/b", ("/new/a/b", 302)),
        ("/towns/waco/", ("/cities/waco/", 308)),
        ("/towns/waco/more/", None),
        ("/plain/", ("/new/", 301)),
        ("/new/", None),
    ],
)
def test_a_redirect_is_found_by_its_path(path: str, expected: tuple[str, int] | None) -> None:
    assert find_redirect(parse_redirects(REDIRECTS), path) == expected


def test_redirects_keep_the_query_and_other_statuses_serve_the_target(served: Served) -> None:
    status, headers, _ = get(served, "/old/?a=b")
    assert (status, headers["location"]) == (301, "/new/?a=b")
    status, _, body = get(served, "/gone/")
    assert status == 410
    assert b"Nothing here" in body


def test_every_line_that_a_host_would_not_understand_is_reported() -> None:
    with pytest.raises(SiteError) as headers:
        parse_headers("  Early: header\n/a\n  no header at all\nassets/*\n  X-Fine: yes\n")
    assert [finding.where for finding in headers.value.findings] == [
        "_headers:1",
        "_headers:3",
        "_headers:4",
        "_headers",
    ]
    with pytest.raises(SiteError) as redirects:
        parse_redirects("/one\n/a /b 301\n/c /d soon\nnowhere/ /e 301\n/*/* /f\n")
    assert [finding.where.removeprefix("_redirects") for finding in redirects.value.findings] == [
        ":1",
        ":3",
        ":4",
        ":5",
    ]


def test_the_site_is_served_over_https_under_its_own_name(tree: Path, tmp_path: Path) -> None:
    certificate = make_certificate("www.example.com", tmp_path)
    context = ssl.create_default_context(cafile=str(certificate.certificate))
    with serve(tree, "www.example.com", certificate) as running:
        client = http.client.HTTPSConnection("127.0.0.1", running.port, context=context, timeout=10)
        client.request("GET", "/")
        assert client.getresponse().status == 200
        client.close()
