"""“The” stands before the name of a place that has no article, as in “in the Texas”.

It happens when a template brings the article along and the value is a name: “in the {{ place }}”. Readers notice at
once. Found are the names of the page’s own places, as its structured data tell them, and of states that no river
bears, and only at the end of a phrase: “the Texas Medical Board” and “the Austin area” are right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import BUILD, rule
from generator.errors import Finding

_PLACES = frozenset({"City", "State", "AdministrativeArea", "Place"})
_STATES = frozenset(
    (
        "Alaska, California, Florida, Georgia, Hawaii, Idaho, Indiana, Louisiana, Maine, Maryland, Massachusetts,"
        " Michigan, Montana, Nebraska, Nevada, New Hampshire, New Jersey, New Mexico, New York, North Carolina, North"
        " Dakota, Oklahoma, Pennsylvania, Rhode Island, South Carolina, South Dakota, Texas, Utah, Vermont, West"
        " Virginia, Wyoming"
    ).split(", ")
)
_COMMON = frozenset(
    "Bay Bronx Cape Capital Capitol Center City Coast Colony Cove Dalles Delta Gap Glen Hague Hamptons Harbor"
    " Heights Hills Island Islands Lake Lakes Meadows Palisades Park Plains Point Rapids Ridge Rockies Springs Strip"
    " Summit Valley Village Villages Woodlands Woods".split()
)
"""Names of places that are words as well, and may have an article."""

_WITH_ARTICLE = frozenset({"Florida", "Luisiana", "California"})
"""States that take one in Spanish, at times."""

_NAME = r"(?P<name>[A-ZÁÉÍÓÚÑ][^\W\d_]+(?:[ -][A-ZÁÉÍÓÚÑ][^\W\d_]+){0,3})(?:, [A-Z]{2})?(?=[.;!?)](?!\w)|$)"
_PHRASES: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(rf"the {_NAME}", re.MULTILINE),
    "es": re.compile(rf"(?:el|la) {_NAME}", re.MULTILINE),
}
_BEFORE: Mapping[str, frozenset[str]] = {
    "en": frozenset("in of near from across around outside throughout".split()),
    "es": frozenset("en de desde".split()),
}
GOOD = (
    Edit(
        "<p>With a needle.</p>",
        "<p>Ask the Texas Medical Board, in the Texas heat, near the Waco area or in the Waco.com one.</p>",
    ),
    Edit(
        "<p>With a needle.</p>",
        "<p>In the Bronx. In The Dalles. Across the Mississippi. In the Valley; in the Heights.</p>",
    ),
    Edit("<p>With a needle.</p>", "<p>In the Texas, Oklahoma and Louisiana region, from the Waco to Dallas road.</p>"),
    Edit("<p>With a needle.</p>", '<p lang="es">En la Florida. En el Paso. La junta del Texas Medical Board.</p>'),
)
BAD = (
    Edit("<p>With a needle.</p>", "<p>Clinics in the Texas.</p>"),
    Edit("<p>With a needle.</p>", "<h3>Clinics near the Waco, TX</h3><p>With a needle.</p>"),
    Edit("<p>With a needle.</p>", "<p>Clinics in the New York.</p>"),
    Edit("<p>With a needle.</p>", '<p lang="es">Clínicas en el Texas.</p>'),
)


@rule(severity="warning", evidence=BUILD, scope=Document)
def place_article(document: Document) -> Iterator[Finding]:
    phrases = document.written(_PHRASES)
    if not phrases:
        return
    places = (node for kind in _PLACES for node in document.typed.get(kind, ()))
    own = {name for node in places if isinstance(name := node.get("name"), str)}
    known = (own | _STATES) - _COMMON
    found = [
        (passage, match, name)
        for passage, match in phrases
        if (name := match["name"]) in known
        and _word_before(match) in _BEFORE[passage.language]
        and not (passage.language == "es" and name in _WITH_ARTICLE)
    ]
    if found:
        passage, match, name = found[0]
        around = passage.around(*match.span())
        what = f"{quoted(name)} has an article {passage.where}: {quoted(around)}{as_in_others(len(found))}"
        yield Finding(document.path, what, "Leave the article out, or add what it belongs to.")


def _word_before(match: re.Match[str]) -> str:
    start = match.start()
    before = match.string[max(0, start - 40) : start]
    return before.split()[-1].lower() if before.endswith(" ") and before.strip() else ""
