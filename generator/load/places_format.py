"""The columns of ``content/places/<country>.csv``, named once for its writer and its reader.

``id``            GeoNames id; what a place is known by everywhere.
``name``          the name that readers know, cleaned.
``county``        second-level division, empty where none is known or where the place is its own county.
``region_code``   first-level division within the country: ``TX``. Never changes once written: URLs hold it.
``region``        its name: ``Texas``. Never changes once written, for the same reason.
``country``       ISO 3166-1 alpha-2: ``US``.
``latitude``      decimal degrees, north positive.
``longitude``     decimal degrees, east positive.
``population``    people; 0 where GeoNames gives none.
``time_zone``     IANA name: ``America/Chicago``.
``slug``          the place's part of its URL, unique within the region. Never changes, but by a deliberate rename.
``former_slugs``  slugs that it had before, oldest first, separated by spaces; each becomes a redirect.
``skip``          empty, or in words why the place gets no pages.

Files are UTF-8 with LF line ends, sorted by ``region_code``, then ``id`` as a number.
"""

PLACE_COLUMNS = (
    "id",
    "name",
    "county",
    "region_code",
    "region",
    "country",
    "latitude",
    "longitude",
    "population",
    "time_zone",
    "slug",
    "former_slugs",
    "skip",
)
