"""Exceptions kept by hand: rows of GeoNames that no rule can tell from cities."""

from __future__ import annotations

NEW_YORK_BOROUGHS = frozenset({5125771, 5110302, 5133273, 5110266, 5139568})
"""Manhattan, Brooklyn, Queens, The Bronx, Staten Island: sections of a city, and markets of their own."""

OWN_CITIES = frozenset({5376803, 5341114, 5408076, 5391945, 5205377, 5116118})
"""Newark, Culver City, West Hollywood and San Fernando in California, Penn Hills in Pennsylvania and Eastchester
in New York: places with a government of their own that GeoNames codes as sections of another."""

ONE_CITY_REGIONS = {("US", "DC"): (4140963, "Washington")}
"""Regions that are one city by law; every other row there is a part of it."""

_NEW_YORK = ("New York City", NEW_YORK_BOROUGHS | {5128581})
CITIES_OF_COUNTY = {
    **{("NY", f"{name} County"): _NEW_YORK for name in ("New York", "Kings", "Queens", "Bronx", "Richmond")},
    ("PA", "Philadelphia County"): ("Philadelphia", frozenset({4560349})),
    ("CA", "City and County of San Francisco"): ("San Francisco", frozenset({5391959})),
    ("MA", "Suffolk County"): ("Boston", frozenset({4930956, 4932879, 4832294, 4955993})),
}
"""US counties whose cities are known by law, with the city that every other row there is a part of: New York's
five counties are its boroughs, Philadelphia and San Francisco are city and county in one, and Suffolk County in
Massachusetts is Boston, Chelsea, Revere and Winthrop."""

PARTS = {
    4059870: ("Florence", 4062577),
    4154047: ("Pensacola", 4168228),
    4169455: ("Punta Gorda", 4169452),
    4251841: ("Alton", 4232679),
    4333190: ("Metairie", 4333177),
    4385018: ("Independence", 4391812),
    4450687: ("Gulfport", 4428667),
    4504225: ("Vineland", 4504621),
    4619947: ("Chattanooga", 4612862),
    4756955: ("Hampton", 4762894),
    4780011: ("Portsmouth", 4779999),
    4786714: ("Suffolk", 4788158),
    4792867: ("Lynchburg", 4771075),
    4833505: ("Norwalk", 4839822),
    4839745: ("Stamford", 4843564),
    4845519: ("Torrington", 4844309),
    4903976: ("Peoria", 4905687),
    4930511: ("Beverly", 4930505),
    4937232: ("Framingham", 4937230),
    4945588: ("Chicopee", 4933002),
    4951473: ("Peabody", 4946863),
    4979245: ("South Portland", 4979244),
    5037790: ("Minnetonka", 5037784),
    5052361: ("Coon Rapids", 5022025),
    5085688: ("Concord", 5084868),
    5099292: ("Hopatcong", 5099289),
    5104405: ("Sayreville", 5104404),
    5104835: ("Old Bridge", 5102162),
    5143620: ("Albany", 5106834),
    5264870: ("La Crosse", 5258957),
    5280822: ("Weirton", 5280814),
    5317071: ("Tempe", 5317058),
    5326305: ("Barstow", 5326297),
    5598542: ("Lewiston", 5598538),
}
"""Named parts of a city that GeoNames lists with about the population of the whole, with that city: found as
rows near a city whose name they extend and whose population they nearly repeat, and judged one by one."""

KNOWN = {
    4300488: "GeoNames gives it more people than its whole county has",
    4297999: "the same place as Lexington (4297983)",
    4738604: "a university campus in Austin",
    4952355: "a railway station in Boston",
    5406421: "a hamlet that carries the population of another Vincent (7262464)",
    5530937: "a part of Socorro (5530932)",
    5589394: "GeoNames gives it more people than its whole county has",
    7174365: "the same place as Sammamish (5809402)",
    7259823: "the same place as Northdale (8479411)",
    7289169: "an urban area: Kennewick, Pasco and Richland have rows of their own",
    7839240: "a part of Rio Rancho (5487811), listed with the whole city's population",
    8558448: "a firing range",
    10300443: "a police station",
    11280527: "a hospital campus",
    12750398: "a university campus in Irvine",
    13561794: "a housing estate in Frisco",
    13589156: "the surroundings of an airport in Honolulu",
}
"""Rows that no rule can tell from cities, by GeoNames id, looked up by hand."""
