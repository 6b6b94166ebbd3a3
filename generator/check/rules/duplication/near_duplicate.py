"""Pages of places say nearly the same.

Readers gain nothing from the second one, and many pages that differ in a city's name only are what search engines
describe as doorway pages. Nobody documents how much two pages may share: where `gate.max_similarity` is not set, 90 %
is the house's number. Compared is the main text without the places' own names. Tell of each place what is true only
there, from tables of your own, or let the publish gate keep back the pages that are too much like another.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.rule import HEURISTIC, rule
from generator.errors import Finding
from generator.model import LikePages

_SITE = "content/site.yaml"
_GATE = "gate: [^\n]*"
GOOD = (
    Edit(_GATE, 'gate: {"mode": "report", "max_similarity": 0.99}', _SITE),
    # Then the gate keeps them back by itself.
    Edit(_GATE, 'gate: {"mode": "enforce", "max_similarity": 0.3}', _SITE),
)
BAD = (Edit(_GATE, 'gate: {"mode": "report", "max_similarity": 0.3}', _SITE),)


@rule(severity="warning", evidence=HEURISTIC, scope=LikePages)
def near_duplicate(pages: LikePages) -> Iterator[Finding]:
    most = f"{int(pages.most * 100)} %"
    others = f"{pages.alike:,} of its {pages.pages:,} pages of places share at least {most} with another"
    said = f"{pages.page} is {int(pages.share * 100)} % the same as {pages.other}"
    differs = f"; what differs: {', '.join(pages.differs)}" if pages.differs else ""
    fix = "Tell of each place what is true only there, or let the gate keep such pages back."
    yield Finding(pages.source, f"{others}. {said}{differs}", fix)
