"""Resources are what a browser asks for without being told to follow a link."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.check.document import Document
from generator.check.published import Published
from generator.check.resources import is_own

ORIGIN = "https://www.example.com"


def hosts(html: str) -> list[str]:
    page = Document("/a/", html.encode(), Published(Path("/nonexistent"), ORIGIN))
    return [resource.host for resource in page.resources]


@pytest.mark.parametrize(
    "html",
    [
        "<script src=//b.example></script>",
        "<link rel='preload STYLESHEET' href=https://b.example/a.css>",
        "<img src=https://b.example/a.png>",
        "<img srcset='https://b.example/a.png 2x'>",
        "<video poster=https://b.example/a.png></video>",
        "<iframe src=https://b.example/></iframe>",
        "<object data=https://b.example/></object>",
        "<svg><use href=https://b.example/a.svg /></svg>",
        "<form action=https://b.example/></form>",
        "<button formaction=https://b.example/>A</button>",
        "<a href=/ ping=https://b.example/>A</a>",
        "<p style='background: URL( \"https://b.example/a.png\")'>A",
        "<style>@import 'https://b.example/a.css';</style>",
        "<noscript><img src=https://B.example:443/a.png></noscript>",
    ],
)
def test_what_is_loaded_is_found(html: str) -> None:
    assert hosts(html) == ["b.example"]


@pytest.mark.parametrize(
    "html",
    [
        "<a href=https://b.example/>A</a>",
        "<link rel=canonical href=https://b.example/>",
        "<link href=https://b.example/>",
        "<img src=data:image/gif;base64,R0lG><img src><img src='http://['><img src='https://a b/'>",
        "<script>fetch('https://b.example/')</script>",
        "<style>a { color: red } /* https://b.example/ */</style>",
    ],
)
def test_what_is_not_loaded_is_not(html: str) -> None:
    assert hosts(html) == []


def test_a_form_tells_what_it_sends() -> None:
    html = "<form action=https://b.example/?a=1><input name=q value=x><select name=r></select><input></form>"
    page = Document("/a/", html.encode(), Published(Path("/nonexistent"), ORIGIN))
    (form,) = page.resources
    assert (form.method, form.query, form.fields) == ("get", "a=1", (("q", "x"), ("r", "")))


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("www.example.com", True),
        ("example.com", True),
        ("cdn.example.com", True),
        ("notexample.com", False),
        ("example.com.b.example", False),
        ("com", False),
    ],
)
def test_hosts_below_the_name_of_the_site_are_its_own(host: str, own: bool) -> None:
    assert is_own(host, ORIGIN) is own
    assert not is_own(host, "")
    assert not is_own(host, "http://[")
