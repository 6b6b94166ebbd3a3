"""An article has the same address in two languages.

Words in an address help readers who see only that, when a link is shared. Translate the slug, or leave it where the
word is the same in both languages: then say so under `checks`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.quoting import quoted
from generator.check.rule import HEURISTIC, rule
from generator.errors import Finding
from generator.model import Topic
from generator.plan.routes import Plan

_SPANISH = "content/topics/sciatica/es-US.md"
GOOD = (Edit('slug: "ciatica"', 'slug: "ciatica-2"', _SPANISH),)
BAD = (Edit('slug: "ciatica"', 'slug: "sciatica"', _SPANISH),)


@rule(severity="info", evidence=HEURISTIC, scope=Plan)
def slug_untranslated(plan: Plan) -> Iterator[Finding]:
    first: dict[tuple[str, str], Topic] = {}
    for topic in plan.site.topics:
        other = first.setdefault((topic.id, topic.slug), topic)
        # Two countries with one language may share it.
        if topic.locale.partition("-")[0] != other.locale.partition("-")[0]:
            what = f"the slug {quoted(topic.slug)} is that of {other.locale}, too"
            yield Finding(topic.slug_source, what, f"Write it in the language of {topic.locale}.")
