"""A medical article names no works that it rests on.

Readers and reviewers cannot check what it says. List the works that its authors really used under `sources`; a work
that nobody read is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.rule import HEURISTIC, rule
from generator.check.subjects import Article
from generator.errors import Finding

_TOPIC = "content/topics/sciatica/en-US.md"
GOOD = (Edit("sources: [^\n]*", 'sources: [{"title": "A book without an address"}]', _TOPIC),)
BAD = (Edit("sources: [^\n]*\n", "", _TOPIC),)


@rule(severity="warning", evidence=HEURISTIC, scope=Article)
def sources_missing(article: Article) -> Iterator[Finding]:
    if article.topic.is_medical and not article.topic.references:
        fix = "List the works that its authors used under sources in the front matter."
        yield Finding(article.where(1), "the article names no sources", fix)
