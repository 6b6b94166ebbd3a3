"""The picture of a topic, beside its texts."""

from __future__ import annotations

import hashlib
from pathlib import Path

from msgspec import Struct

from generator.errors import Finding, did_you_mean
from generator.model import Image


class NamedPicture(Struct, frozen=True):
    """A picture as the front matter names it, and where."""

    file: str
    alt: str
    credit: str
    where: str


def load_picture(named: NamedPicture, folder: Path) -> tuple[Image | None, list[Finding]]:
    """The picture in ``folder`` with its size and published name, or its faults."""
    file, where = folder / named.file, named.where
    if not file.is_file():
        names = [path.name for path in folder.iterdir() if path.suffix != ".md"]
        what = f'there is no image "{named.file}" beside the text'
        return None, [Finding(where, what, did_you_mean(named.file, names))]
    # Imported here: most topics have no picture, and Pillow takes a tenth of the time that a build needs to start.
    from PIL import Image as Picture

    try:
        with Picture.open(file) as picture:
            width, height = picture.size
    except Picture.DecompressionBombError as error:
        what = f'"{named.file}" is too large a picture ({error})'
        return None, [Finding(where, what, "Save it with at most 4,000 pixels a side.")]
    except OSError:
        what = f'"{named.file}" is not a picture that can be read'
        return None, [Finding(where, what, "Save it as JPEG, PNG or WebP.")]
    digest = hashlib.blake2b(file.read_bytes(), digest_size=6).hexdigest()
    name = f"/assets/{Path(named.file).stem.lower()}-{digest}{Path(named.file).suffix.lower()}"
    return Image(file, name, width, height, named.alt, named.credit), []
