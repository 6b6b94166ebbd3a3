"""A page has an address among the files that the generator makes itself.

It would lie between style sheets or sitemaps, or stand where one of these has to be. Give it another slug, or its
pattern in `site.yaml` another beginning.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.rule import BUILD, rule
from generator.errors import Finding
from generator.plan.routes import Plan

GOOD = (Edit('slug: "sciatica"', 'slug: "assets"', "content/topics/sciatica/en-US.md"),)
BAD = (Edit("brand: ", 'urls: {"topic": "/assets/{locale}/{topic}/"}\nbrand: ', "content/site.yaml"),)


@rule(severity="stop", evidence=BUILD, scope=Plan)
def url_reserved(plan: Plan) -> Iterator[Finding]:
    return plan.told("url_reserved")
