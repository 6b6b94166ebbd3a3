"""Rules applied to single pages before these are published: what fails one is not written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.check.document import Document
from generator.check.facts import no_ledger
from generator.check.published import Published, own_site
from generator.check.registry import load_rules
from generator.check.rule import Rule
from generator.config import CheckConfig, SiteConfig
from generator.errors import Finding
from generator.ledger.records import PageFacts
from generator.load.rule_settings import STOPPING, apply_settings

ALONE = frozenset(
    """
    button_name canonical_elsewhere canonical_missing canonical_multiple canonical_relative charset_late
    direction_missing doctype_missing empty_section environment_leak escaped_markup form_label h1_missing
    hidden_text image_alt insecure_resource json_ld_duplicate_node json_ld_empty_value json_ld_hidden
    json_ld_invalid json_ld_required json_ld_type link_insecure link_tracking link_uncrawlable
    local_business_without_address meta_refresh mojibake placeholder_leak private_query rating_self_serving
    robots_conflict secret_leak soft_404 third_party title_empty_slot title_missing viewport_missing
    zoom_blocked
    """.split()
)
"""The rules of these severities that read one page and no other file, by id. Named here since to load all rules, to see
which these are, would take longer than to build a page."""

AROUND = frozenset(
    """
    breadcrumb_mismatch hreflang_untranslated image_heavy image_missing link_fragment link_nofollow link_wrong_language
    noindex_blocked open_graph_image
    """.split()
)
"""Rules of pages that also read other files, which are not there before the site is published."""


TOGETHER = frozenset({"title_duplicate"})
"""Rules of the facts of many pages that a batch is held against when its pages are written."""


class Judge:
    """Judges the pages of the site in ``folder``; travels to other processes, where the rules are loaded anew."""

    def __init__(self, config: SiteConfig, folder: Path) -> None:
        self._config = config
        self._folder = folder

    def __getstate__(self) -> dict[str, object]:
        return {"_config": self._config, "_folder": self._folder}

    @cached_property
    def _published(self) -> Published:
        return own_site(self._folder, self._config)

    @cached_property
    def _rules(self) -> tuple[Rule[Any], ...]:
        found = load_rules(_wanted(self._config.checks))
        return tuple(rule for rule in found if rule.scope is Document)

    def is_named(self, path: str) -> bool:
        """Whether a setting that names that page, or pages by their addresses, lets a rule stop them."""
        return any(fnmatchcase(path, pattern) for pattern in self._patterns)

    @cached_property
    def _patterns(self) -> tuple[str, ...]:
        stopping = (setting for setting in self._config.checks if setting.severity in STOPPING)
        return tuple(pattern for setting in stopping for pattern in setting.paths)

    def faults(self, path: str, topic: str, body: bytes) -> list[Finding]:
        """What keeps the page at ``path`` from being published, the worst first; ``topic`` is the id of its own."""
        return sorted(self._found(path, topic, body), key=lambda finding: (STOPPING.index(finding.severity), finding))

    def _found(self, path: str, topic: str, body: bytes) -> Iterator[Finding]:
        document = Document(path, body, self._published)
        for rule in self._rules:
            for found in rule.findings(document):
                finding, _ = apply_settings(found, self._config.checks, lambda _: topic)
                if finding and finding.severity in STOPPING:
                    yield finding


def found_together(pages: Sequence[PageFacts]) -> list[Finding]:
    """What is wrong with the pages of one batch together, before rule settings apply."""
    titles = [page.title for page in pages if page.state == "live"]
    if len({*titles}) == len(titles):
        return []  # To ask the rule would take longer than to make a page.
    with no_ledger() as facts:
        for page in pages:
            facts.add_page(page)
        return [finding for rule in load_rules(TOGETHER) for finding in rule.findings(facts)]


def _wanted(settings: Sequence[CheckConfig]) -> frozenset[str]:
    """The rules that may keep a page back here: the usual ones, and those that the site takes as seriously."""
    raised = {setting.rule for setting in settings if setting.severity in STOPPING}
    return (ALONE | raised) - AROUND
