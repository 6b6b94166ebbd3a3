"""“A” stands before a vowel, or “an” before a consonant.

“A Austin clinic” and “an clinic” come from a template with a slot behind the article. Readers notice, and take the
text for a machine’s. Write the sentence so that no article stands before the slot. Only English passages are read, and
only words whose sound is certain: “an hour”, “a university”, “an MRI” and “a U.S. citizen” are right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import BUILD, rule
from generator.errors import Finding

_LABELLED = frozenset(
    "appendix building category class column exhibit figure flu grade group hemophilia haemophilia hepatitis hep"
    " influenza level option part phase plan point protein room row schedule section side step strain suite table team"
    " tier type unit version vitamin".split()
)
"""Words behind which “a” is a letter."""

_ARTICLE = re.compile(
    # Only before letters and figures that may be spoken otherwise than the article says.
    r"([Aa](?=[ \n][aeiouhAEFHILMNORSUX18])|[Aa]n(?=[ \n][^aiAEFI]))[ \n]([A-Za-z0-9][\w,]*)(?![.’'][a-z])"
)
_FAR = 40
"""Characters before the article that are looked at."""

_OPENING = ' \n“"('
_NO_NOUNS = frozenset("a an and are as at e i if in into is it its la o of off on or our out over u un una us".split())
_VOWEL = re.compile(
    r"a[a-z]+|e(?!u|w)[a-z]+|i[a-z]+|o(?!ne|nce\b|ui)[a-z]+"
    r"|u(?:lcer|lti|ltra|mbrella|ncle|nder|nexp|nf|nh|nk|nl|np|nr|nsa|nst|nt|nw|nable|naware|nus|pp|pd|rge|tter)[a-z]*"
    r"|hour[a-z]*|hono(?:u?r|rarium)[a-z]*|honest[a-z]*|heir(?:s|ess|loom)?"
    r"|A[a-z]{2,}|E(?!u|w)[a-z]{2,}|I(?!a|e|i|o(?!wa)|u)[a-z]{2,}|O(?!ne|nce|u|ax)[a-z]{2,}"
    r"|8[\d,]*|1[18](?:,\d{3})*"
    r"|FDA|MRI|MRA|HMO|EKG|ECG|EMG|EEG|ER|EMT|ICU|IV|NSAID|LPN|RN|MD|OTC|EHR|EMR|HSA|FSA|HIV|STD|STI|IUD|RSV|SSRI|ACL|MCL"
    r"|NPI|NIH|HPV|LDL|HDL|OCD|ADHD|ENT|OB|SUV|LED|AED|FMLA"
)
_CONSONANT = re.compile(
    r"(?:[bcdfgjklmnpqrstvwz][aeiou]|y[aeou]|bl|br|ch|cl|cr|dr|fl|fr|gl|gr|kn|ph|pl|pr|ps|qu|sc|sh|sk|sl|sm|sn|sp|st|sw|th|tr"
    r"|tw|wh|wr)[a-z]{2,}"
    r"|(?:hospital|health|high|home|heart|help|hand|house|hip|hernia|hormone)[a-z]*"
    r"|(?:one|once|uni(?:t|que|form|versity|versal|on|lateral)|use|useful|user|usual|usually|european)"
    r"|(?:[BCDFGJKLMNPQRSTVWZ][aeiou]|Bl|Br|Ch|Cl|Cr|Dr|Fl|Fr|Gl|Gr|Ph|Pl|Pr|Sc|Sh|Sp|St|Th|Tr|Wh)[a-z]{2,}"
    r"|(?:[02-79]|1(?![18]))[\d,]*"
    r"|CT|CDC|PET|GP|PCP|PT|BMI|TB|TENS|DO|DVT|CBC|CBD|PPO|UTI|US|UV|UK|USDA|VA|HIPAA|TSH"
)
_NAMES = frozenset("bord das dem den der die".split())
"""What follows “an” in other languages."""

_FIX = "Write “a” or “an” as the next word is spoken, or let no article stand before a slot."
GOOD = (
    Edit(
        "<p>With a needle.</p>",
        "<p>An hour, an honest heir, an MRI, an X-ray, a unicorn, a European, a one-time UV test, a U.S. visa, an "
        "FDA rule.</p>",
    ),
    Edit(
        "<p>With a needle.</p>",
        "<p>An 8-week or an 80 mg dose, an 11th, an 18-gauge needle, a 110 bed ward, a 1-800 number, a uric acid "
        "test, an ulna.</p>",
    ),
    Edit(
        "<p>With a needle.</p>",
        "<p>Medicare Part A and B, type a aortic tear, vitamin a intake, Exhibit A is, a la carte, grade a eggs; "
        "A and B.</p>",
    ),
    Edit(
        "<p>With a needle.</p>",
        "<p>An mRNA vaccine, an nsaid, an Rx, an LPN, an historic herb, a Utah or Eugene clinic, an Ypsilanti "
        "one, a Ouachita one.</p>",
    ),
    Edit("<p>With a needle.</p>", '<p lang="es">Ayuda a usted, a este grupo o a Austin.</p>'),
)
BAD = (
    Edit("<p>With a needle.</p>", "<p>With a Austin clinic.</p>"),
    Edit("<p>With a needle.</p>", "<p>In a emergency, call 911.</p>"),
    Edit("<p>With a needle.</p>", "<p>With an Waco clinic.</p>"),
    Edit("<p>With a needle.</p>", "<p>An clinic near you.</p>"),
    Edit("<p>With a needle.</p>", "<p>For a 8 mg dose.</p>"),
    Edit("<p>With a needle.</p>", "<p>Get a MRI.</p>"),
)


@rule(severity="warning", evidence=BUILD, scope=Document)
def article_a_an(document: Document) -> Iterator[Finding]:
    articles = document.written({"en": _ARTICLE})
    found = [(passage, match) for passage, match in articles if _is_wrong(passage.text, match)]
    if found:
        passage, match = found[0]
        around = passage.around(*match.span())
        yield Finding(
            document.path,
            f"{quoted(match[0])} stands {passage.where}: {quoted(around)}{as_in_others(len(found))}",
            _FIX,
        )


def _is_wrong(text: str, match: re.Match[str]) -> bool:
    article, word = match[1], match[2].rstrip(",")
    start = match.start()
    if start and text[start - 1] not in _OPENING:
        return False
    before = text[max(0, start - _FAR) : start]
    if article[0] == "A" and (not word[0].islower() or not _begins(before)):
        return False  # A letter, a name, or a word of a title.
    if word.lower() in _NO_NOUNS or before.rstrip().rpartition(" ")[2].lower() in _LABELLED:
        return False
    if article.lower() == "a":
        return bool(_VOWEL.fullmatch(word))
    return word not in _NAMES and bool(_CONSONANT.fullmatch(word))


def _begins(before: str) -> bool:
    said = before.rstrip(" ")
    return not said or said[-1] in ".!?:\n"
