"""The programs that judges are run with, and how to get those that are missing."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from generator.errors import Finding
from tests.verify.case import CannotRun

DEBIAN_PACKAGES = {
    "java": "default-jre-headless",
    "chromium": "chromium",
    "node": "nodejs",
    "npm": "npm",
    "xmllint": "libxml2-utils",
    "openssl": "openssl",
}
BROWSER_NAMES = ("chromium", "chromium-browser", "google-chrome")
STAMP = ".installed-from"


def find_chromium(chosen: str) -> str:
    """The browser that the environment names, else the first that is installed, else an empty string."""
    return shutil.which(chosen) or "" if chosen else next(filter(None, map(shutil.which, BROWSER_NAMES)), "")


def missing_programs(names: Iterable[str], chromium: str) -> tuple[Finding, ...]:
    """One finding for each program that is not installed."""
    missing = [name for name in names if not (chromium if name == "chromium" else shutil.which(name))]
    return tuple(Finding(name, "is not installed", _cure(name), "error") for name in missing)


def _cure(name: str) -> str:
    cure = f"Install it (on Debian: apt-get install {DEBIAN_PACKAGES[name]})"
    return f"{cure} or set CHROMIUM to the path of the browser." if name == "chromium" else f"{cure}."


def install_packages(folder: Path) -> Path:
    """Install the locked npm packages beside ``package-lock.json`` unless that very lock is installed already.

    Returns the ``node_modules`` folder. Packages' own install scripts are not run. Raises ``CannotRun``.
    """
    packages = folder / "node_modules"
    digest = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    stamp = packages / STAMP
    if stamp.is_file() and stamp.read_text("ascii") == digest:
        return packages
    npm = shutil.which("npm")
    if npm is None:
        raise CannotRun(f"npm is not installed. {_cure('npm')}")
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.startswith("npm error")]
        raise CannotRun("npm could not install the judges: " + " ".join(" ".join(lines[:4]).split()))
    stamp.write_text(digest, "ascii")
    return packages
