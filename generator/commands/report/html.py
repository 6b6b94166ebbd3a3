"""The report as one page of HTML that needs nothing else: no script, no file beside it, no network."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.commands.report.charts import HEIGHT, WIDTH, bars
from generator.commands.report.contents import Report
from generator.commands.report.place_map import STANDINGS, counts, panels
from generator.errors import quantity

FINDINGS = 20
"""Findings of one rule that the page lists; report.json has them all."""
STEPS = 5
"""Steps of one remedy that the page lists; report.json has up to 200."""
AREAS = 2_000
"""Rows of topics and regions that the page lists, which are some 400 kB; report.json has them all."""


def as_html(report: Report) -> str:
    """The whole page."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"count": _count, "percent": _percent, "kilobytes": _kilobytes, "counted": quantity}
    drawn = panels(report.places)
    return environment.get_template("report.html").render(
        report=report,
        charts=[
            (
                "similarity",
                report.similarity,
                tuple(bars(report.similarity, _percent, ends=True)),
                _percent,
            ),
            ("words", report.words, tuple(bars(report.words, _count, ends=False)), _count),
            ("weight", report.weight, tuple(bars(report.weight, _kilobytes, ends=False)), _kilobytes),
        ],
        chart_size=(WIDTH, HEIGHT),
        panels=drawn,
        undrawn=len(report.places) - sum(panel.places for panel in drawn),
        place_counts=counts(report.places),
        standings=STANDINGS,
        findings_shown=FINDINGS,
        steps_shown=STEPS,
        areas=_areas(report),
        areas_left_out=max(len(report.areas) - AREAS, 0),
    )


def _areas(report: Report) -> dict[tuple[str, str], list[object]]:
    """The areas by topic and language; of very many those with most pages that are kept back."""
    worst = sorted(report.areas, key=lambda area: area.indexed - area.pages)[:AREAS]
    found: dict[tuple[str, str], list[object]] = {}
    for area in sorted(worst, key=lambda area: (area.topic, area.locale, area.region)):
        found.setdefault((area.topic, area.locale), []).append(area)
    return found


def _count(number: float) -> str:
    return f"{number:,.0f}"


def _percent(share: float) -> str:
    # Rounded down, so that pages that differ are never called the same.
    return f"{int(share * 100 + 1e-6)} %"


def _kilobytes(size: float) -> str:
    return f"{size / 1000:,.1f} kB"
