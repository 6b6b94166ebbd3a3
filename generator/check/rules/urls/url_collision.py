"""Two pages answer to one address.

A search engine keeps one of them and the other is lost, without a word. Nothing is built as long as that is so: set
another slug for one of the two.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.rule import BUILD, rule
from generator.errors import Finding
from generator.plan.routes import Plan

GOOD = (Edit('slug: "ciatica"', 'slug: "sciatica"', "content/topics/sciatica/es-US.md"),)
BAD = (Edit('"Louisiana"', '"Texas"', "content/places/us.csv"),)


@rule(severity="stop", evidence=BUILD, scope=Plan)
def url_collision(plan: Plan) -> Iterator[Finding]:
    return plan.told("url_collision")
