"""Writes the golden site anew: ``python -m tests.golden.refresh``, then read the difference before committing it."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from tests.golden.site import EXPECTED, golden_files
from tests.sites import change


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = golden_files(Path(folder))
    shutil.rmtree(EXPECTED, ignore_errors=True)
    change(EXPECTED, files)
    print(f"{len(files)} files are in {EXPECTED}. Read what changed: git diff --stat {EXPECTED}")


if __name__ == "__main__":
    main()
