"""A medical article was last reviewed more than two years ago.

Medicine moves on, and the date under the article tells readers how far it may lag behind. Two years are a house number,
not one of any search engine; publishers of health information choose between one year and three.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.rule import HEURISTIC, rule
from generator.check.subjects import Article
from generator.errors import Finding

LONGEST = datetime.timedelta(days=2 * 365)
_TOPIC = "content/topics/sciatica/en-US.md"
GOOD = (Edit("last_reviewed: [^\n]*", "last_reviewed: 2024-12-31", _TOPIC),)
BAD = (Edit("last_reviewed: [^\n]*", "last_reviewed: 2023-01-31", _TOPIC),)


@rule(severity="warning", evidence=HEURISTIC, scope=Article)
def review_expired(article: Article) -> Iterator[Finding]:
    topic = article.topic
    if topic.is_medical and topic.last_reviewed and article.today - topic.last_reviewed > LONGEST:
        what = f"the last review was on {topic.last_reviewed.isoformat()}, more than two years ago"
        fix = "Have it reviewed again, and write the new day."
        yield Finding(article.where(article.key_line("last_reviewed")), what, fix)
