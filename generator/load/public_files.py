"""The files of ``content/public/``, published as they are."""

from __future__ import annotations

from pathlib import Path

from generator.errors import Finding
from generator.model import PublicFile

_UNWANTED = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", ".gitkeep"})


def load_public_files(content: Path) -> tuple[tuple[PublicFile, ...], list[Finding]]:
    """Every file below ``content/public/``, in order of path; links that lead elsewhere are refused."""
    root = content / "public"
    files: list[PublicFile] = []
    findings: list[Finding] = []
    for file in sorted(root.rglob("*")) if root.is_dir() else ():
        relative = file.relative_to(root).as_posix()
        if not file.is_file() or file.name in _UNWANTED:
            continue
        if not file.resolve().is_relative_to(root.resolve()):
            findings.append(
                Finding(f"content/public/{relative}", "this is a link to another folder", "Copy the file here.")
            )
        elif any(character in relative for character in "\n\r\\"):
            findings.append(
                Finding(f"content/public/{relative!r}", "this name cannot be an address", "Rename the file.")
            )
        else:
            files.append(PublicFile(file, f"/{relative}"))
    return tuple(files), findings
