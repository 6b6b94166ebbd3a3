"""A file below `content/public` stands where a page is to be, or a file that the generator makes.

Only one of them can be published at that address. Rename the file, or remove it.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.rule import BUILD, rule
from generator.errors import Finding
from generator.plan.routes import Plan

GOOD = (Edit("^$", "proof", "content/public/proof.txt"),)
BAD = (
    Edit("^$", "<urlset/>", "content/public/sitemap.xml"),
    Edit("^$", "Mine", "content/public/en-us/index.html"),
)


@rule(severity="stop", evidence=BUILD, scope=Plan)
def file_hides_page(plan: Plan) -> Iterator[Finding]:
    return plan.told("file_hides_page")
