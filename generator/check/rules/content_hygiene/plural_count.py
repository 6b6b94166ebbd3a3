"""One thing is counted in the plural, as in “1 cities”.

Whoever reads “1 clinics found” knows that nobody wrote the sentence. Let the template ask for the number: Jinja’s
`ngettext` chooses the form, and a catalogue holds the forms of each language. Only English and Spanish words are
looked for that are certain to be counted there, not “Type 1 diabetes” or “Phase 1 trials”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import BUILD, rule
from generator.errors import Finding

_ENGLISH = (
    "days weeks months years hours minutes seconds cities towns counties states places clinics doctors hospitals"
    " providers specialists therapists surgeons dentists nurses physicians pharmacies locations offices results"
    " reviews ratings patients sessions treatments injections appointments visits miles kilometers people residents"
    " answers questions articles topics languages services practices facilities professionals options neighborhoods"
)
_SPANISH = (
    "días semanas meses años horas minutos segundos ciudades pueblos condados estados lugares clínicas médicos"
    " médicas doctores doctoras hospitales proveedores profesionales especialistas terapeutas cirujanos dentistas"
    " enfermeras farmacias ubicaciones consultorios resultados opiniones reseñas pacientes sesiones tratamientos"
    " inyecciones citas visitas millas kilómetros personas habitantes respuestas preguntas artículos temas idiomas"
    " servicios opciones barrios"
)


def _one(before: str, counted: str) -> re.Pattern[str]:
    """Finds a 1 that counts, with what it counts.

    It counts in the beginning, behind a bracket, and behind one of the words ``before``. To look for the 1 first is
    ten times as fast.
    """
    starts = "|".join(rf"(?<=\b{word}\s1)" for word in before.split())
    return re.compile(rf"1(?:(?<=^1)|(?<=\(1)|(?i:{starts}))\s(?:{counted.replace(' ', '|')})(?![\w’'-])", re.MULTILINE)


_ONE = {
    "en": _one(
        "in has have of with are is there only after within every found find all just for by least see", _ENGLISH
    ),
    "es": _one("en tiene tienen de con son hay cada tras durante a solo encontramos hace menos por las los", _SPANISH),
}
GOOD = (
    Edit(
        "<p>With a needle.</p>",
        "<p>Type 1 patients, Phase 1 results and 1 clinic of 21 clinics. Week 1 sessions last 1 day’s time.</p>",
    ),
    Edit(
        "<p>With a needle.</p>",
        "<h3>1 Cities</h3><p>0.1 miles, 2.1 days, 1,1 years, 1–1 sessions, -1 days, $1 visits, page 1 results.</p>",
    ),
    Edit(
        "<p>With a needle.</p>",
        '<p lang="es">1 ciudad, 21 ciudades, 0,1 millas, fase 1 resultados, diabetes tipo 1 pacientes.</p>',
    ),
)
BAD = (
    Edit("<p>With a needle.</p>", "<p>There are 1 clinics.</p>"),
    Edit("<p>With a needle.</p>", "<ul><li>Texas <small>(1 cities)</small></li></ul>"),
    Edit("<p>With a needle.</p>", "<p><b>1</b> cities</p>"),
    Edit("<p>With a needle.</p>", '<p lang="es">Hay 1 clínicas en Waco.</p>'),
)


@rule(severity="warning", evidence=BUILD, scope=Document)
def plural_count(document: Document) -> Iterator[Finding]:
    found = document.written(_ONE)
    if found:
        passage, match = found[0]
        around = passage.around(*match.span())
        what = f"{quoted(match[0])} stands {passage.where}: {quoted(around)}{as_in_others(len(found))}"
        yield Finding(document.path, what, "Let the template choose the singular for one.")
