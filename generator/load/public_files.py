"""The files of ``content/public/``, published as they are."""

from __future__ import annotations

from pathlib import Path

from generator.errors import Finding
from generator.model import PublicFile

_LONGEST_NAME = 200
"""Bytes; file systems allow 255, of which a file that is being written needs some."""

_UNWANTED = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", ".gitkeep"})


def load_public_files(content: Path) -> tuple[tuple[PublicFile, ...], list[Finding]]:
    """Every file below ``content/public/``, in order of path; links that lead elsewhere are refused."""
    root = content / "public"
    files: list[PublicFile] = []
    findings: list[Finding] = []
    for file in sorted(root.rglob("*")) if root.is_dir() else ():
        relative = file.relative_to(root).as_posix()
        if file.is_dir() and file.is_symlink():
            findings.append(Finding(f"content/public/{relative}", "this folder is a link", "Copy the folder here."))
        if not file.is_file() or file.name in _UNWANTED or file.name.startswith("._"):
            continue
        if not file.resolve().is_relative_to(root.resolve()):
            findings.append(
                Finding(f"content/public/{relative}", "this is a link to another folder", "Copy the file here.")
            )
        elif "\\" in relative or not relative.isprintable() or len(file.name.encode()) > _LONGEST_NAME:
            findings.append(
                Finding(f"content/public/{relative!r}", "this name cannot be an address", "Rename the file.")
            )
        else:
            files.append(PublicFile(file, f"/{relative}"))
    return tuple(files), findings
