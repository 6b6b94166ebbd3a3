"""The same pages as a site of Hugo: a content adapter adds them from data, and one layout a topic prints them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

CONFIGURATION = """
baseURL = "{base_url}/"
title = "Kaly"
disableKinds = ["home", "section", "taxonomy", "term", "rss", "404", "robotstxt"]
enableRobotsTXT = false
"""

ADAPTER = """
{{- range $kind := hugo.Data.kinds }}
{{- range $p := index hugo.Data $kind.data }}
{{- $url := printf "%s%s" $kind.prefix $p.tail }}
{{- $params := dict "p" $p }}
{{- $.AddPage (dict "path" (strings.Trim $url "/") "url" $url "title" $p.name "type" $kind.key "params" $params) }}
{{- end }}
{{- end }}
"""

LAYOUT = "{{ $p := .Params.p }}"


def write_hugo_site(source: Path, folder: Path, base_url: str, layouts: Iterable[tuple[str, str]]) -> None:
    """Write it to ``folder`` from the data in ``source``; ``layouts`` are the templates by their keys."""
    (folder / "content").mkdir(parents=True)
    (folder / "content" / "_content.gotmpl").write_text(ADAPTER, "utf-8")
    (folder / "hugo.toml").write_text(CONFIGURATION.format(base_url=base_url), "utf-8")
    data = folder / "data"
    data.mkdir()
    kinds = json.loads((source / "kinds.json").read_text("utf-8"))
    for kind in kinds:
        # Hugo names a file of data without its marks.
        kind["data"] = kind["locale"].replace("-", "").lower()
        shutil.copyfile(source / f"{kind['locale']}.json", data / f"{kind['data']}.json")
    (data / "kinds.json").write_text(json.dumps(kinds), "utf-8")
    for key, template in layouts:
        layout = folder / "layouts" / key / "single.html"
        layout.parent.mkdir(parents=True)
        layout.write_text(LAYOUT + template, "utf-8")
