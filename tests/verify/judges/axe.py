"""axe-core in Chromium: accessibility of pages as they are served, in both colour schemes, narrow and wide.

Each page is loaded under its own Content-Security-Policy. Besides axe's violations, whatever the browser
complains of is a fault: a console message, a request that fails, a request to another host, sideways scroll.
The report beside the site is looked at in the same way, from its file.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import product
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Response, sync_playwright

from generator.errors import Finding
from tests.verify.browser import chromium_arguments
from tests.verify.case import Case, Verdict
from tests.verify.sampling import SampledPage, sample

PAGES = 12
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = (360, 1280)
HEIGHT = 800
UNKNOWN_PATH = "/there-is-no-such-page/"
OVERFLOW = "document.scrollingElement.scrollWidth - Math.min(innerWidth, document.documentElement.clientWidth)"
OPEN_ALL = "for (const part of document.querySelectorAll('details')) part.open = true"
# The policy of a page allows no fetching, which axe would try in order to read style sheets of other hosts.
RUN_AXE = "axe.run(document, {preload: false, resultTypes: ['violations', 'incomplete']})"


def judge(case: Case) -> Verdict:
    pages = [_target(case, page) for page in sample(case.tree, PAGES)]
    report = case.tree.parent / "report.html"
    pages.append(_Target("report.html", report.as_uri(), 0))
    axe = (case.packages / "axe-core/axe.min.js").read_text("utf-8")
    faults: dict[tuple[str, str], list[str]] = defaultdict(list)
    undecided: set[tuple[str, str]] = set()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=case.chromium, args=list(chromium_arguments(case.served)), chromium_sandbox=False
        )
        for scheme, width in product(SCHEMES, WIDTHS):
            for page in pages:
                found, unsure = _look(browser, page, scheme, width, axe)
                for fault in dict.fromkeys(found):
                    faults[page.path, fault].append(f"{width} px {scheme}")
                undecided |= {(page.path, rule) for rule in unsure}
        browser.close()
    variants = len(SCHEMES) * len(WIDTHS)
    findings = tuple(
        Finding(f"{path} ({'every variant' if len(seen) == variants else ', '.join(seen)})", fault, severity="error")
        for (path, fault), seen in sorted(faults.items())
    )
    looked_at = f"{len(pages)} pages with the report x {' and '.join(SCHEMES)} x {' and '.join(map(str, WIDTHS))} px"
    rules = Counter(rule for _, rule in undecided)
    notes = tuple(f"axe could not decide {rule} on {count} pages" for rule, count in sorted(rules.items()))
    return Verdict(looked_at, findings, notes)


@dataclass(frozen=True, slots=True)
class _Target:
    """A page by its name in findings, its address, and the status that it must have; a file has none, which is 0."""

    path: str
    address: str
    status: int


def _target(case: Case, page: SampledPage) -> _Target:
    is_missing = page.kind == "not_found"
    path = UNKNOWN_PATH if is_missing else page.path
    return _Target(page.path, case.base_url + path, 404 if is_missing else 200)


def _look(
    browser: Browser, page: _Target, scheme: Literal["light", "dark"], width: int, axe: str
) -> tuple[list[str], list[str]]:
    """Load one page in a fresh context; returns what is wrong with it and the rules that axe left undecided."""
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": HEIGHT})
    tab = context.new_page()
    faults = _listen(tab, page.address, page.status)
    response = tab.goto(page.address, wait_until="load")
    status = response.status if response and page.status else 0
    if status != page.status:
        faults.append(f"was answered with status {status} instead of {page.status}")
    faults.extend(_overflow(tab, "scrolls sideways"))
    tab.evaluate(OPEN_ALL)
    faults.extend(_overflow(tab, "scrolls sideways when every answer is open"))
    # What axe itself provokes is no fault of the page, so its own run comes after the listening.
    heard = list(faults)
    tab.evaluate(axe)
    result: dict[str, Any] = tab.evaluate(RUN_AXE)
    context.close()
    for violation in result["violations"]:
        target = " ".join(map(str, violation["nodes"][0]["target"]))
        heard.append(f"{violation['id']}: {violation['help']}, first at {target} ({violation['helpUrl']})")
    return heard, [rule["id"] for rule in result["incomplete"]]


def _listen(tab: Page, address: str, expected: int) -> list[str]:
    """Collect from now on what the browser complains of while it loads the page; the list fills as it happens."""
    faults: list[str] = []
    host = urlsplit(address).netloc

    def on_console(kind: str, text: str, source: str) -> None:
        # Chromium reports the status of the page itself; for an unknown path 404 is the right one.
        if not (expected == 404 and source == address and "404" in text):
            faults.append(f"console {kind}: {text.rstrip('.')}")

    def on_request(url: str) -> None:
        if urlsplit(url).scheme not in {"data", "blob"} and urlsplit(url).netloc != host:
            faults.append(f"asks another host: {url}")

    def on_response(response: Response) -> None:
        if response.status >= 400 and response.url != address:
            faults.append(f"{response.url} was answered with status {response.status}")

    tab.on("console", lambda message: on_console(message.type, message.text, message.location.get("url", "")))
    tab.on("pageerror", lambda error: faults.append(f"script error: {error}"))
    tab.on("request", lambda request: on_request(request.url))
    tab.on("requestfailed", lambda request: faults.append(f"{request.url} failed: {request.failure}"))
    tab.on("response", on_response)
    return faults


def _overflow(tab: Page, what: str) -> list[str]:
    pixels: int = tab.evaluate(OVERFLOW)
    return [f"{what}, by {pixels} px"] if pixels > 0 else []
