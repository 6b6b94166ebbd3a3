"""A medical article does not say who reviewed it, or when.

Readers decide about their health by it, and cannot see who answers for what it says. When a clinician has read the
article, name that person under `reviewer` and the day under `last_reviewed`. Never name somebody who has not.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.rule import HEURISTIC, rule
from generator.check.subjects import Article
from generator.errors import Finding

_TOPIC = "content/topics/sciatica/en-US.md"
GOOD = (Edit("last_reviewed: [^\n]*", "last_reviewed: 2026-05-31", _TOPIC),)
BAD = (
    Edit("reviewer: [^\n]*\n", "", _TOPIC),
    Edit("last_reviewed: [^\n]*\n", "", _TOPIC),
)


@rule(severity="warning", evidence=HEURISTIC, scope=Article)
def reviewer_missing(article: Article) -> Iterator[Finding]:
    topic = article.topic
    if topic.is_medical and not (topic.reviewer and topic.last_reviewed):
        missing = "who reviewed the article" if not topic.reviewer else "when the article was reviewed"
        fix = "Have a clinician read it, then add reviewer and last_reviewed to its front matter."
        yield Finding(article.where(1), f"the page does not say {missing}", fix)
