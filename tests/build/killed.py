"""Builds a site and kills itself at one of its writes: ``python -m tests.build.killed SITE FIRST NUMBER``.

Every file opened for writing, made, renamed or removed below the output folder counts, and every statement of the
ledger. With the number 0 nothing is killed, and the writes are printed, one a line. FIRST is "first" where nothing
was published before.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from pathlib import Path
from typing import Any

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def main(site: Path, is_first: bool, number: int) -> None:
    from tests.sites import build

    writes: list[str] = []
    output = str(site / "output" / "site")

    def write(what: str) -> None:
        writes.append(what)
        if len(writes) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    def audit(event: str, arguments: tuple[Any, ...]) -> None:
        if event in {"os.rename", "os.mkdir", "os.remove", "os.rmdir"} or (
            event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING
        ):
            path = str(arguments[0])
            if path.startswith(output):
                write(f"{event} {path.removeprefix(output)}")

    def connect(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection = plain_connect(*arguments, **options)
        connection.set_trace_callback(lambda statement: write(f"ledger {' '.join(statement.split()[:5])}"))
        return connection

    plain_connect = sqlite3.connect
    sqlite3.connect = connect
    sys.addaudithook(audit)
    build(site, is_first=is_first, allow_removal=99)
    if not number:
        print("\n".join(writes))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] == "first", int(sys.argv[3]))
