"""The golden site: a whole output, few pages, as it was when a person last looked at it."""

from __future__ import annotations

import re
from pathlib import Path

from tests.sites import BODY, EN, ES, PLACES, build, make_site, places_text, topic_text, tree

EXPECTED = Path(__file__).parent / "expected"

_PICTURES = (".jpg", ".png", ".ico")
_DRAWN = re.compile(rb"(social-card|icon-192|touch-icon)-[0-9a-f]{12}")
BOARD = """
{% if place %}

### Who checks licences in {{ place.region.name }}?

The {{ place.region.board }}.

{% endif %}
"""


def golden_files(folder: Path) -> dict[str, bytes]:
    """Builds the golden site in ``folder``: every file of its output by path.

    Pictures are left out, and the digests in the names of the drawn ones, because libraries for pictures
    differ by a few bytes from one machine to another. Its style sheet is one line, so that a change of the
    looks, which people judge, is not a change here.
    """
    lines = places_text().splitlines(keepends=True)
    site = make_site(
        folder,
        {
            PLACES: "".join([lines[0], *(line for line in lines if '"Waco"' in line or '"Temple"' in line)]),
            EN: topic_text(BODY + BOARD),
            ES: topic_text(BODY, slug="ciatica"),
            "templates/static/site.css": "body { margin: 0; }\n",
            "content/redirects.csv": "from,to\n/waco/,/en-us/sciatica/texas/waco/\n",
            "content/public/.well-known/proof.txt": "proof\n",
        },
    )
    files = tree(build(site).folder)
    return {path: _DRAWN.sub(rb"\1-DIGEST", body) for path, body in files.items() if not path.endswith(_PICTURES)}
