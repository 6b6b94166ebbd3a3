"""Places for tests, made from little."""

from generator.model import Place, Region

TEXAS = Region("TX", "Texas", "US")


def place(number: int, name: str = "", region: Region = TEXAS, **keys: object) -> Place:
    values: dict[str, object] = {
        "id": number,
        "name": name or f"Place {number}",
        "county": "",
        "region": region,
        "country": region.country,
        "latitude": 31.0,
        "longitude": -97.0,
        "population": 20_000,
        "time_zone": "America/Chicago",
        "slug": (name or f"place-{number}").lower().replace(" ", "-"),
        "source": f"content/places/us.csv:{number}",
    }
    return Place(**(values | keys))  # type: ignore[arg-type]
