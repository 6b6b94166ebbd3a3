"""Commands in processes that need not load the generator first, which takes most of the time of a small build.

``python -m tests.forks`` builds a site once and then forks for each command that its standard input names.
"""

from __future__ import annotations

import json
import os
import runpy
import sys
from pathlib import Path
from subprocess import PIPE, CompletedProcess, Popen
from tempfile import TemporaryDirectory

REPOSITORY = Path(__file__).parents[1]

_servers: list[Popen[str]] = []
"""The one process that forks, once a test has asked for it."""


def run_module(module: str, *arguments: str, cwd: Path = REPOSITORY) -> CompletedProcess[str]:
    """As ``subprocess.run`` with ``python -m module arguments``, its output captured."""
    if not _servers:
        _servers.append(
            Popen([sys.executable, "-m", "tests.forks"], cwd=REPOSITORY, stdin=PIPE, stdout=PIPE, text=True)
        )
    (server,) = _servers
    assert server.stdin
    assert server.stdout
    with TemporaryDirectory() as folder:
        prints = [Path(folder, name) for name in ("out", "err")]
        command = [module, *arguments], str(cwd), list(map(str, prints))
        server.stdin.write(json.dumps(command) + "\n")
        server.stdin.flush()
        return CompletedProcess(
            [module, *arguments], int(server.stdout.readline()), *(p.read_text("utf-8") for p in prints)
        )


def stop() -> None:
    """End the process that forks, if there is one."""
    while _servers:
        with _servers.pop() as server:
            assert server.stdin
            server.stdin.close()  # which is how it is told


def _serve() -> None:
    """Fork for each line, and say how the fork ended; returns in the forks only, each with its line made true."""
    from tests.sites import build, make_site

    with TemporaryDirectory() as folder:
        build(make_site(Path(folder)))
    for line in sys.stdin:
        child = os.fork()
        if not child:
            sys.argv, cwd, prints = json.loads(line)
            for stream, file in zip((sys.stdout, sys.stderr), prints, strict=True):
                os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT), stream.fileno())
                stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
            os.dup2(os.open(os.devnull, os.O_RDONLY), sys.stdin.fileno())
            os.chdir(cwd)
            return
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)
    sys.exit()


if __name__ == "__main__":
    _serve()
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
