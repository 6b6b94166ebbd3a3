"""The picture at the top of a page waits until everything else has been laid out.

`loading="lazy"` spares the reader pictures that lie far below. On the first picture, above the first heading of a
section, it makes everybody wait for what they see at once, and Largest Contentful Paint with them. Leave the attribute
away there.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import quoted
from generator.check.rule import HEURISTIC, rule
from generator.errors import Finding

_IMAGE = '<img src="/favicon.ico" alt="" width="9" height="9"'
GOOD = (
    Edit("With a needle.", f'{_IMAGE} loading="lazy">'),
    Edit("(?<=</h1>)", f'{_IMAGE} loading="eager">{_IMAGE} loading="lazy">'),
    Edit('<a class="wordmark" href="/en-us/">', f'<a class="wordmark" href="/en-us/">{_IMAGE} loading="lazy">'),
)
BAD = (
    Edit("(?<=</h1>)", f'{_IMAGE} loading="lazy">'),
    Edit("(?<=</h1>)", f'<picture><source srcset="/favicon.ico">{_IMAGE} loading="LAZY"></picture>'),
)


@rule(severity="warning", evidence=HEURISTIC, scope=Document)
def image_lazy_first(document: Document) -> Iterator[Finding]:
    first = document.main.css_first("img, h2, h3") if document.images and document.main else None
    if first is not None and first.tag == "img" and (first.attributes.get("loading") or "").lower() == "lazy":
        source = first.attributes.get("src") or ""
        what = f"its first picture, {quoted(source)}, is loaded lazily though it stands at the top"
        yield Finding(document.path, what, "Remove loading from it.")
