"""A page shows a picture of this site that is not there.

Readers see a broken frame or a hole. A file was renamed or not copied, or its name is written in other letters: on most
hosts `Photo.JPG` and `photo.jpg` are two files. Correct the address, or add the file.
"""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.markup import candidates
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import BUILD, rule
from generator.errors import Finding

_PICTURES = 'img, source[srcset], video[poster], input[type="image" i]'
_ATTRIBUTES = {"img": ("src", "srcset"), "source": ("srcset",), "video": ("poster",), "input": ("src",)}
GOOD = (
    Edit("With a needle.", '<img src="/favicon.ico?v=2" alt=""><img src="https://example.com/gone.png" alt="">'),
    Edit(
        "With a needle.", '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt=""><img src="" alt=""><img alt="">'
    ),
    Edit("With a needle.", '<img srcset="/favicon.ico 1x, https://cdn.example.com/w_300,h_200/gone.jpg 2x" alt="">'),
    Edit("With a needle.", '<picture><source srcset=" ,/favicon.ico, /favicon.ico 2x,"><img alt=""></picture>'),
)
BAD = (
    Edit("With a needle.", '<img src="/gone.png" alt="">'),
    Edit("With a needle.", '<img src="gone.png" alt="">'),
    Edit("With a needle.", '<img src="/favicon.ico" srcset="/favicon.ico 1x,/gone.ico 2x" alt="">'),
    Edit("With a needle.", '<picture><source srcset="/gone.webp 300w"><img src="/favicon.ico" alt=""></picture>'),
    Edit("With a needle.", '<video src="/film.mp4" poster="/gone.jpg"></video>'),
    Edit("With a needle.", '<img src="https://www.example.com/gone.png" alt="">'),
)


@rule(severity="error", evidence=BUILD, scope=Document, hints=())
def image_missing(document: Document) -> Iterator[Finding]:
    shown = dict.fromkeys(
        address
        for node in document.css(_PICTURES)
        for attribute in _ATTRIBUTES[node.tag or ""]
        for address in _addresses(node, attribute)
    )
    missing = [address for address in shown if not _is_there(address, document)]
    if missing:
        what = f"it shows the picture {quoted(missing[0])}, which is not there{as_in_others(len(missing))}"
        yield Finding(document.path, what, "Correct its address, or add the file.")


def _is_there(address: str, document: Document) -> bool:
    target = None if address[:5].lower() == "data:" else document.published.local(address, document.path)
    if target is None or target.path == document.path:
        return True
    return document.published.answers(target.path)


def _addresses(node: LexborNode, attribute: str) -> Iterator[str]:
    said = (node.attributes.get(attribute) or "").strip()
    if attribute == "srcset":
        yield from candidates(said)
    elif said:
        yield said
