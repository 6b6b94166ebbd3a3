"""The page carries a pixel, an analytics script or a session recorder of an advertising company.

Such scripts send the address of the page, and with it what a reader is worried about, to their makers. The Federal
Trade Commission acted against GoodRx and BetterHelp for it in 2023, and in July 2023 it warned some 130 hospitals and
telehealth providers of them together with the Department of Health and Human Services. A court set aside a part of
that department’s own bulletin on pages without a login in June 2024 (American Hospital Association v. Becerra); the
Commission’s rules hold also for those to whom HIPAA does not apply. Take the script out, or ask a lawyer first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.rule import LEGAL, rule
from generator.errors import Finding

_TRACKERS: Mapping[str, str] = {
    "connect.facebook.net": "the Meta pixel",
    "facebook.com": "the Meta pixel",
    "google-analytics.com": "Google Analytics",
    "googletagmanager.com": "Google Tag Manager",
    "doubleclick.net": "Google’s advertising",
    "googlesyndication.com": "Google’s advertising",
    "googleadservices.com": "Google’s advertising",
    "analytics.tiktok.com": "the TikTok pixel",
    "hotjar.com": "Hotjar",
    "fullstory.com": "FullStory",
    "clarity.ms": "Microsoft Clarity",
    "bat.bing.com": "Microsoft’s advertising",
    "snap.licdn.com": "the LinkedIn Insight tag",
    "px.ads.linkedin.com": "the LinkedIn Insight tag",
    "ads-twitter.com": "the X pixel",
    "sc-static.net": "the Snap pixel",
    "ct.pinterest.com": "the Pinterest tag",
    "criteo.com": "Criteo",
    "criteo.net": "Criteo",
    "mouseflow.com": "Mouseflow",
    "luckyorange.com": "Lucky Orange",
    "crazyegg.com": "Crazy Egg",
    "inspectlet.com": "Inspectlet",
    "smartlook.com": "Smartlook",
    "logrocket.io": "LogRocket",
    "cdn.segment.com": "Segment",
    "mixpanel.com": "Mixpanel",
    "quantserve.com": "Quantcast",
    "scorecardresearch.com": "Comscore",
}
"""Whose script or pixel it is, by the host, or the end of its name, that serves it."""

_ONLY_SOME = {"facebook.com": "/tr"}
"""Of these hosts only addresses with such a path: the rest are pages and pictures."""

_IN_SCRIPTS = re.compile(
    r"[\"'/.](" + "|".join(re.escape(host) for host in _TRACKERS if host not in _ONLY_SOME) + r")(?=[/\"'?:])"
)
GOOD = (
    Edit("<p>With a needle.</p>", '<p><a href="https://www.facebook.com/kaly">Facebook</a></p>'),
    Edit("<p>With a needle.</p>", "<p>We use neither www.google-analytics.com/analytics.js nor hotjar.com.</p>"),
    Edit(
        "</head>",
        '<script src="/assets/hotjar.com.js"></script><script src="https://stats.example.org/"></script></head>',
    ),
    Edit("</head>", '<script type="application/ld+json">{"sameAs": "https://mixpanel.com/"}</script></head>'),
    Edit(
        "<p>With a needle.</p>",
        '<img src="https://notclarity.ms/a.png" alt=""><img src="https://www.facebook.com/a.png" alt="">',
    ),
)
BAD = (
    Edit("</head>", '<script async src="https://www.googletagmanager.com/gtag/js?id=G-1"></script></head>'),
    Edit("</head>", "<script>load('https://connect.facebook.net/en_US/fbevents.js')</script></head>"),
    Edit("</body>", '<noscript><img src="https://www.facebook.com/tr?id=1&ev=PageView" alt=""></noscript></body>'),
    Edit("</head>", "<script>(function(c){t.src='https://www.clarity.ms/tag/'+i})()</script></head>"),
    Edit("</head>", "<script>h.src = '//static.hotjar.com/c/hotjar-' + id</script></head>"),
)


@rule(severity="warning", evidence=LEGAL, scope=Document)
def tracker_on_page(document: Document) -> Iterator[Finding]:
    found = dict.fromkeys(
        tracker for resource in document.resources if (tracker := _of(resource.host, resource.written))
    )
    for node in document.css("script:not([src])"):
        if "json" not in (node.attributes.get("type") or "").lower():
            found |= {_TRACKERS[match[1]]: None for match in _IN_SCRIPTS.finditer(node.text(deep=True))}
    if found:
        what = f"the page carries {', '.join(sorted(found))}"
        yield Finding(document.path, what, "Take it out, or have a lawyer say that it may stay.")


def _of(host: str, address: str) -> str:
    """Whose tracker is served from the host; empty where it is nobody's that is known."""
    parts = host.split(".")
    for start in range(len(parts) - 1):
        end = ".".join(parts[start:])
        if end in _TRACKERS and _ONLY_SOME.get(end, "") in address:
            return _TRACKERS[end]
    return ""
