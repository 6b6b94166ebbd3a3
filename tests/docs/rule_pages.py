"""The pages of ``docs/rules/``, made from the rules: one for each category, and a list of all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import groupby
from typing import Any

from generator.check.examples import Edit, Example, Statement
from generator.check.judging import JUDGED
from generator.check.registry import all_rules, rule_modules
from generator.check.rule import Evidence, Rule
from generator.load.rows import Rows
from generator.load.rule_settings import STOPPING
from generator.plan.routes import Plan
from tests.docs.tables import ROOT

FOLDER = ROOT / "docs" / "rules"
_BEFORE = " It judges a build before anything is written."
_OF_ROWS = " It keeps a row from being used."
_OF_PLANS = " It stops a build before anything is written."
_LONGEST = 200
"""Characters of an example that are shown."""

_HEAD = """# Rules

What `make check` looks for, {count} rules. Each says what is wrong, why that matters, and who says so. Where a rule
matters less on your site, or more, say so in `site.yaml`, with your reason: see
[`checks`](../configuration.md#checks-rules-that-matter-more-or-less-here).

| severity | what follows |
| --- | --- |
| `stop` | Nothing may be published like this. A build that finds it writes nothing. |
| `error` | This page may not be published like this. A build leaves it as it was last built, and the others go on. |
| `warning` | Something that a reader or a search engine may stumble over. |
| `info` | Worth knowing; nothing to mend. |

After a `stop` or an `error`, `make check` and `make pages` end with the exit status 1.

Rules of source data read every row of your tables and of the places before pages are made of it. With the severity
`stop` or `error` they keep a row from being used: its pages stay as they were last built, are told of with the file,
the row and the column, and make the exit status of `make pages` 1.

All other rules with these severities judge a build before anything is written: every page that would change, the
pages together, with their titles and links, and the files beside them, such as `robots.txt` and `_redirects`. Pages
that differ only in the values of their places and tables are judged together: one of them whole, and besides it those
in whose values something stands by which a rule can find more, such as a brace, a word for a missing value, or an
address at which there is nothing. Where the rule is a `stop`, nothing is written, and the site stays as it was
published. Where it is an `error`, a page that fails stays as it was last built; but what fails on all pages of a topic
and a language is a fault of the article or the template, and then nothing is written either. An `error` of the site as
a whole is told, and makes the exit status 1. Pages that stay as they are published are not judged, whatever has been
decided since: `make check` looks at them all, in the same way, from the values that the ledger keeps.

| evidence | what it means |
| --- | --- |
| documented | A primary source says so. Its address stands there, and the day of our knowledge: sources change. |
| build | The site contradicts itself, whatever a search engine thinks of it. |
| heuristic | Good tools look for it; no search engine has said that it matters. |
| legal | A law or a policy asks for it. |

These pages are made from the rules themselves: `python -m tests.docs.refresh`.
"""


def rule_pages() -> Mapping[str, str]:
    """Every page by its file name."""
    rules = list(all_rules().values())
    pages = {"README.md": _HEAD.format(count=len(rules)) + "\n" + _index(rules)}
    for category, found in groupby(rules, lambda rule: rule.category):
        pages[f"{category}.md"] = _page(category, list(found))
    return pages


def title_of(category: str) -> str:
    return category.replace("_", " ").capitalize()


def _index(rules: list[Rule[Any]]) -> str:
    lines = []
    for category, found in groupby(rules, lambda rule: rule.category):
        lines += [
            f"## [{title_of(category)}]({category}.md)",
            "",
            "| rule | severity | what it finds |",
            "| --- | --- | --- |",
        ]
        lines += [f"| [`{rule.id}`]({category}.md#{rule.id}) | {rule.severity} | {rule.summary} |" for rule in found]
        lines.append("")
    return "\n".join(lines)


def _page(category: str, rules: list[Rule[Any]]) -> str:
    parts = [f"# {title_of(category)}\n", "[All rules](README.md)\n"]
    for rule in rules:
        module = rule_modules()[rule.id]
        why = rule.documentation.strip().partition("\n\n")[2]
        parts += [
            f"## `{rule.id}`\n",
            f"{rule.summary}\n",
            f"{why}\n",
            f"Severity: {rule.severity}. {_evidence(rule.evidence)}{_acts(rule)}\n",
            "Found, for example, after this change to a sound site:\n",
            f"```\n{_example(module.BAD[0])}\n```\n",
        ]
    return "\n".join(parts)


def _acts(rule: Rule[Any]) -> str:
    """What the rule does in a build."""
    if rule.severity not in STOPPING:
        return ""
    if rule.scope.__name__ in JUDGED:
        return _BEFORE
    return {Rows: _OF_ROWS, Plan: _OF_PLANS}.get(rule.scope, "")


def _evidence(evidence: Evidence) -> str:
    if evidence.kind == "documented":
        return f"Documented: <{evidence.address}>, as known on {evidence.seen}."
    return f"Evidence: {evidence.kind}."


def _example(example: Example) -> str:
    if isinstance(example, Edit) and example.old == "^$":
        return f"in a new file {example.of} stands\n  {_short(example.new)}"
    if isinstance(example, Edit):
        of = f"in the file {example.of}" if "/" in example.of else f"on a page of kind “{example.of}”"
        return f"{of}, instead of\n  {_short(example.old)}\nstands\n  {_short(example.new) or 'nothing'}"
    return _short(example.sql) if isinstance(example, Statement) else f"in a file of data\n{example.text.strip()}"


def _short(text: str) -> str:
    """``text`` in one line, cut where an example is long on purpose."""
    line = re.sub(r"\s+", " ", text).strip()
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]} …"
