"""``site.yaml`` with the changes of ``--set``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from generator.config import SiteConfig, absolute_origin
from generator.errors import Finding
from generator.load.key_faults import validate
from generator.load.yaml_file import YamlDocument, parse_yaml

SITE_FILE = "content/site.yaml"


def load_settings(root: Path, settings: Sequence[str]) -> tuple[SiteConfig | None, YamlDocument, list[Finding]]:
    """The configuration of the site at ``root``, with ``settings`` (``KEY=VALUE`` each) laid over it.

    A key is dotted, ``places.limit``; its value is read as YAML. Without a valid configuration the first
    element is None and the findings say why.
    """
    file = root / "content" / "site.yaml"
    if not file.is_file():
        missing = Finding(
            SITE_FILE, "the file is missing", f"Is {root.resolve()} the folder of a site? --site DIR names another."
        )
        return None, YamlDocument(SITE_FILE, {}, {}), [missing]
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wrong = Finding(SITE_FILE, f"the file is not UTF-8 (at byte {error.start})", "Save it as UTF-8.")
        return None, YamlDocument(SITE_FILE, {}, {}), [wrong]
    document = parse_yaml(text, SITE_FILE)
    findings = list(document.findings)
    own_address = document.data.get("base_url")
    document = _with_settings(document, settings, findings)
    config, faults = validate(SiteConfig, document)
    findings.extend(faults)
    if config is None or findings:
        return None, document, findings
    return _with_production(config, own_address), document, findings


def _with_production(config: SiteConfig, own_address: object) -> SiteConfig:
    """``config`` with the address of production, which is the site's own unless the gate names another."""
    if config.gate.production_url is not None:
        return config
    try:
        address = absolute_origin(str(own_address))
    except ValueError:
        # What the file says is no address, and --set gave one.
        address = config.base_url
    return config.model_copy(update={"gate": config.gate.model_copy(update={"production_url": address})})


def _with_settings(document: YamlDocument, settings: Sequence[str], findings: list[Finding]) -> YamlDocument:
    data, places = document.data, dict(document.places)
    for setting in settings:
        key, separator, text = setting.partition("=")
        path = tuple(key.strip().split("."))
        if not separator or not all(path):
            fix = "Write, for example, --set places.limit=100."
            findings.append(Finding(f"--set {setting}", "this is not KEY=VALUE", fix))
            continue
        if not text.isprintable():
            findings.append(Finding(f"--set {key}", "the value has a control character", "Remove it."))
            continue
        value = parse_yaml(f"value: {text}", f"--set {key}")
        # What is no YAML is meant as it stands: a condition may begin with a quotation mark.
        data = _put(data, path, text if value.findings else value.data.get("value"))
        places = {known: where for known, where in places.items() if known[: len(path)] != path}
        places[path] = f"--set {key}"
    return replace(document, data=data, places=places)


def _put(data: dict[str, Any], path: Sequence[str], value: Any) -> dict[str, Any]:
    """``data`` with ``value`` at ``path``; nothing of the original changes."""
    head, *rest = path
    if not rest:
        return {**data, head: value}
    inner = data.get(head)
    return {**data, head: _put(inner if isinstance(inner, dict) else {}, rest, value)}
