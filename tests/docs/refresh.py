"""Makes the tables of the documentation anew: ``python -m tests.docs.refresh``."""

from __future__ import annotations

from tests.docs.rule_pages import FOLDER, rule_pages
from tests.docs.tables import ROOT, refreshed


def refresh() -> list[str]:
    """Rewrite the pages that differ from the code; their names."""
    changed = []
    for page in sorted((ROOT / "docs").glob("*.md")):
        text = page.read_text(encoding="utf-8")
        if (anew := refreshed(text)) != text:
            page.write_text(anew, encoding="utf-8")
            changed.append(f"docs/{page.name}")
    pages = rule_pages()
    FOLDER.mkdir(exist_ok=True)
    for file in FOLDER.glob("*.md"):
        if file.name not in pages:
            file.unlink()
            changed.append(f"docs/rules/{file.name}")
    for name, text in pages.items():
        file = FOLDER / name
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")
            changed.append(f"docs/rules/{name}")
    return changed


if __name__ == "__main__":
    for name in refresh():
        print(f"{name} is refreshed")
