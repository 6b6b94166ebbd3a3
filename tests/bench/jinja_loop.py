"""What many would write themselves: two processes, a Jinja template, a loop, and no check at all.

usage: jinja_loop.py FOLDER OUTPUT
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from jinja2 import Environment, FileSystemLoader


def render(folder: str, output: str, key: str, locale: str, prefix: str, half: int) -> int:
    template = Environment(loader=FileSystemLoader(folder), autoescape=True).get_template(f"{key}.jinja")
    records = json.loads(Path(folder, f"{locale}.json").read_text("utf-8"))[half::2]
    for record in records:
        page = Path(f"{output}{prefix}{record['tail']}")
        page.mkdir(parents=True, exist_ok=True)
        (page / "index.html").write_text(template.render(p=record), "utf-8")
    return len(records)


def main() -> None:
    folder, output = sys.argv[1:]
    kinds = json.loads(Path(folder, "kinds.json").read_text("utf-8"))
    with ProcessPoolExecutor(2) as pool:
        halves = [
            pool.submit(render, folder, output, kind["key"], kind["locale"], kind["prefix"], half)
            for kind in kinds
            for half in (0, 1)
        ]
        print(sum(half.result() for half in halves), "pages")


if __name__ == "__main__":
    main()
