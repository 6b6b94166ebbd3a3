"""``docs/rules/`` says what the rules say."""

from __future__ import annotations

from generator.check.registry import all_rules
from tests.docs.rule_pages import FOLDER, rule_pages


def test_every_page_is_what_the_rules_say() -> None:
    written = {file.name: file.read_text(encoding="utf-8") for file in FOLDER.glob("*.md")}
    assert written == rule_pages(), "run: python -m tests.docs.refresh"


def test_every_rule_is_in_the_list_and_on_its_page() -> None:
    pages = rule_pages()
    for name, rule in all_rules().items():
        assert f"({rule.category}.md#{name})" in pages["README.md"]
        assert f"\n## `{name}`\n" in pages[f"{rule.category}.md"]
