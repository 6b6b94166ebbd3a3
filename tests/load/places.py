"""Places files of a few rows, each of which a test changes."""

from pathlib import Path

from generator.load.places import LoadedPlaces, load_places
from generator.load.places_format import PLACE_COLUMNS

WACO = {
    "id": "1", "name": "Waco", "county": "McLennan", "region_code": "TX", "region": "Texas", "country": "US",
    "latitude": "31.54933", "longitude": "-97.14667", "population": "132356", "time_zone": "America/Chicago",
    "slug": "waco", "former_slugs": "", "skip": "",
}  # fmt: skip


def load(tmp_path: Path, *changes: dict[str, str], file: str = "us.csv") -> LoadedPlaces:
    """Load a places file whose rows are Waco with these changes; each has an id and a slug of its own."""
    rows = [{**WACO, "id": str(number), "slug": f"waco-{number}", **row} for number, row in enumerate(changes, start=1)]
    folder = tmp_path / "content" / "places"
    folder.mkdir(parents=True, exist_ok=True)
    lines = [",".join(PLACE_COLUMNS), *(",".join(row[column] for column in PLACE_COLUMNS) for row in rows)]
    (folder / file).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return load_places(tmp_path / "content")
