"""The text in place of a picture does not say what the picture shows.

“IMG_2041.jpg” or “photo” helps nobody who cannot see the picture; it is what a camera or a form put there. Say in a few
words what there is to be seen, or leave the `alt` empty where the picture only decorates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

_FILE = re.compile(r"\S+\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?|heic|ico)", re.IGNORECASE)
_FROM_A_CAMERA = re.compile(
    r"(?:img|dsc[nf]?|pxl|p|image|photo|picture|screenshot|foto|imagen)[-_ ]?\d+", re.IGNORECASE
)
_EMPTY = frozenset(
    "alt|graphic|icon|image|img|logo image|photo|photograph|pic|picture|placeholder|spacer|thumbnail|untitled|bild"
    "|foto|fotografía|imagen|gráfico|ícono|icono|ilustración|illustration".split("|")
)
GOOD = (
    Edit("With a needle.", '<img src="/waco.jpg" alt="Waco"><img src="/waco.jpg" alt="">'),
    Edit("With a needle.", '<img src="/photo.jpg" alt="Photo of a street in Waco"><img src="/a.png" alt="1">'),
    Edit("With a needle.", '<img src="/covid-19.jpg" alt="COVID-19 vaccine"><img src="/l4.png" alt="L4-L5">'),
    Edit("With a needle.", '<img src="/a.png" alt="How to save a file as .png">'),
)
BAD = (
    Edit("With a needle.", '<img src="/a.png" alt="needle-final.PNG">'),
    Edit("With a needle.", '<img src="/a.png" alt="https://www.example.com/needle.jpg">'),
    Edit("With a needle.", '<img src="/IMG_2041.jpg" alt="IMG_2041">'),
    Edit("With a needle.", '<img src="/wp-content/needle_v2-1024x768.jpg?w=9" alt="needle_v2-1024x768">'),
    Edit("With a needle.", '<img src="/a.png" alt=" Image ">'),
    Edit("With a needle.", '<img src="/a.png" alt="Imagen">'),
)


@rule(
    severity="warning",
    evidence=documented("https://www.w3.org/WAI/WCAG22/Techniques/failures/F30", "2026-11-22"),
    scope=Document,
)
def image_alt_quality(document: Document) -> Iterator[Finding]:
    wrong = []
    for node in document.images:
        alt = (node.attributes.get("alt") or "").strip()
        if alt and _says_nothing(alt, node.attributes.get("src") or ""):
            wrong.append(alt)
    if wrong:
        what = f"a picture's alt is {quoted(wrong[0])}{as_in_others(len(wrong))}"
        yield Finding(document.path, what, "Say in it what the picture shows, or leave it empty.")


def _says_nothing(alt: str, source: str) -> bool:
    if alt.casefold() in _EMPTY or _FILE.fullmatch(alt) or _FROM_A_CAMERA.fullmatch(alt):
        return True
    # The name of the file is a text of its own when it is made of words only.
    name = unquote(source[:500].partition("?")[0].rpartition("/")[2]).rpartition(".")[0]
    return alt == name and bool(re.search(r"[_\d]", alt)) and len(alt) > len("L4-L5")
