"""The page tells another host what it is about, in the query of an address.

A query that names the page, its place or a condition joins a reader’s network address with what the reader looks for,
and is kept in the logs of whoever receives it. The Federal Trade Commission acted on such transfers (GoodRx and
BetterHelp, 2023), and in July 2023 it warned hospitals and telehealth providers of them together with the Department
of Health and Human Services. Load such things from the site itself, or without the query, and let a form send its
fields by POST to a host that may know them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.json_ld import types_of
from generator.check.quoting import as_in_others, quoted
from generator.check.resources import Resource, is_own
from generator.check.rule import LEGAL, rule
from generator.errors import Finding

_PLACES = frozenset({"City", "State", "AdministrativeArea"})
_SUBJECTS = re.compile(
    r"^(?:Medical(?:Condition|Therapy|Procedure|Symptom|Test|SignOrSymptom)|Drug|SurgicalProcedure)$"
)
_PRIVATE = re.compile(
    r"(?:^|[_.\[-])(?:conditions?|symptoms?|diagnos[ei]s|disease|illness|treatments?|therapy|medications?|drugs?|procedure"
    r"|speciality|specialty|patient|s[ií]ntomas?|enfermedad|tratamiento|medicamento|especialidad)(?:$|[_.\]-])",
    re.IGNORECASE,
)
"""Names of parameters whose values are about health."""

_NO_WORD = re.compile(r"[\W_]+")
GOOD = (
    Edit("</head>", '<script src="https://www.example.org/a.js?v=1.2.3&render=explicit"></script></head>'),
    Edit("<p>With a needle.</p>", '<img src="/a.png?place=waco&condition=sciatica" alt="" width="1" height="1">'),
    Edit("<p>With a needle.</p>", '<p><a href="https://www.example.org/?condition=sciatica">A link</a></p>'),
    Edit(
        "<p>With a needle.</p>",
        '<form action="https://www.example.org/" method="post"><input name="condition"></form>',
    ),
    Edit("<p>With a needle.</p>", '<form action="/search/"><input name="condition"></form>'),
    Edit("<p>With a needle.</p>", '<form action="https://www.example.org/"><input name="email"></form>'),
    Edit("<p>With a needle.</p>", '<img src="https://www.example.org/?air_conditioning=1&font=Waco+Sans" alt="">'),
)
BAD = (
    Edit("<p>With a needle.</p>", '<img src="https://www.example.org/p.gif?condition=sciatica" alt="">'),
    Edit("<p>With a needle.</p>", '<iframe src="https://maps.example.org/?q=Waco,+Texas" title="A map"></iframe>'),
    Edit(
        "<p>With a needle.</p>",
        '<img src="https://www.example.org/?u=https%3A%2F%2Fwww.example.com%2Fen-us%2Fsciatica%2Ftexas%2Fwaco%2F" '
        'alt="">',
    ),
    Edit("<p>With a needle.</p>", '<img src="https://www.example.org/?dt=Injections%20in%20Waco%2C%20Texas" alt="">'),
    Edit("<p>With a needle.</p>", '<form action="https://www.example.org/"><input name="symptom"></form>'),
    Edit("<p>With a needle.</p>", '<form action="https://www.example.org/"><input name="near" value="Waco"></form>'),
)  # fmt: skip


@rule(severity="stop", evidence=LEGAL, scope=Document, hints=("?", "&", "="))
def private_query(document: Document) -> Iterator[Finding]:
    origin = document.published.origin
    if not origin:
        return  # Nobody knows which host is the site's own.
    foreign = [
        resource
        for resource in document.resources
        if (resource.query or resource.method == "get") and not is_own(resource.host, origin)
    ]
    if not foreign:
        return
    known = _known(document)
    found = [(resource, said) for resource in foreign if (said := _told(resource, known, document.path))]
    if found:
        resource, said = found[0]
        what = f"a <{resource.tag}> tells {resource.host} {said}{as_in_others(len(found))}"
        yield Finding(document.path, what, "Leave it out of the query, or do not ask another host.")


def _known(document: Document) -> frozenset[str]:
    """What the page is about, in plain words: its heading, its title, its places, and its subjects by its data."""
    names = [document.h1, document.title]
    for node in document.nodes:
        kinds = types_of(node)
        if _PLACES & set(kinds) or any(_SUBJECTS.match(kind) for kind in kinds):
            names.append(str(node.get("name") or ""))
    return frozenset(plain for name in names if len(plain := _plain(name)) > 2)


def _told(resource: Resource, known: frozenset[str], path: str) -> str:
    """What the query gives away, as a phrase; empty where that is nothing."""
    sent = parse_qsl(resource.query, keep_blank_values=False, max_num_fields=None)
    if resource.method == "get":
        sent += resource.fields
    for name, value in sent:
        if _PRIVATE.search(name) and (value or resource.method):
            return quoted(name) + (f", {quoted(value)}" if value else ", which a reader fills in")
        if len(path) > 1 and path.rstrip("/") in value:
            return f"the page’s address in {quoted(name)}"
        parts = {_plain(value), *(_plain(part) for part in value.split(","))}
        if told := parts & known:
            return f"{quoted(min(told))} in {quoted(name)}"
    return ""


def _plain(text: str) -> str:
    return _NO_WORD.sub(" ", text).strip().lower()
