"""The notice on medical pages does not say what to do in an emergency.

Somebody who reads about pain may be having an emergency. One sentence with the number to call belongs into the
`disclaimer` of each language in `site.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.rule import HEURISTIC, rule
from generator.check.subjects import Article
from generator.errors import Finding

_EMERGENCY = re.compile(r"\b(?:911|112|999|emergency|emergencia|urgencia|urgence|notfall)", re.IGNORECASE)
GOOD = (Edit("In an emergency, call 911.", "Llame al 112.", "content/site.yaml"),)
BAD = (Edit(" In an emergency, call 911.", "", "content/site.yaml"),)


@rule(severity="warning", evidence=HEURISTIC, scope=Article)
def emergency_notice_missing(article: Article) -> Iterator[Finding]:
    if article.topic.is_medical and not _EMERGENCY.search(article.disclaimer):
        what = f"the disclaimer of {article.topic.locale} does not say what to do in an emergency"
        yield Finding(article.where(1), what, "Add the number to call to locales.…disclaimer in content/site.yaml.")
