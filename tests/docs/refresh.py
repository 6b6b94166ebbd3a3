"""Makes the tables of the documentation anew: ``python -m tests.docs.refresh``."""

from __future__ import annotations

from tests.docs.tables import ROOT, refreshed


def refresh() -> list[str]:
    """Rewrite the pages whose tables differ from the code; their names."""
    changed = []
    for page in sorted((ROOT / "docs").glob("*.md")):
        text = page.read_text(encoding="utf-8")
        if (anew := refreshed(text)) != text:
            page.write_text(anew, encoding="utf-8")
            changed.append(f"docs/{page.name}")
    return changed


if __name__ == "__main__":
    for name in refresh():
        print(f"{name} is refreshed")
