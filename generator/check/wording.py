"""Patterns of unintended wording, on pages and in the data that pages show."""

from __future__ import annotations

import re
from itertools import pairwise

_WINDOWS = bytes(range(0x80, 0xA0)).decode("cp1252", "ignore")
_CLOSING = "\u2018\u2019\u201a\u201c\u201d\u201e\u2022\u2013\u2014\u2026\u2039\u203a\u2122"
"""Characters that may follow any word: quotation marks, dashes, a bullet, dots, a trade mark."""

_CERTAIN = "".join(sorted(set(_WINDOWS) - set(_CLOSING)))
GARBLED = re.compile(
    # UTF-8 read as Windows-1252 or Latin-1. “Ã” and “Â” end words in Portuguese and Romanian, in capitals.
    rf"Ã(?:[¡-ª¬-º¼-¿\x80-\x9f{_CERTAIN}]|\xa0(?<![A-ZÀ-Þ]..)|[\u2018\u201c\u2022](?=[A-ZÁ-Ú]))"
    r"|Â(?:[¡-©®-º¼-¿]|\xa0(?=\w|$))(?<![A-ZÀ-Þ]..)"
    r"|â(?:€|„¢|\u201a¬|\x80)|ï»¿|ðŸ|\ufffd"
)
GARBLED_HINTS = ("Ã", "Â", "â€", "â„", "â\u201a", "â\x80", "ï»¿", "ðŸ", "\ufffd")
"""Texts of which any garbled letter contains one."""

SLOTS = "city|state|region|place|county|country|topic|brand|town"
"""Usual names of slots in templates, as a regular expression."""

_TAGS = "a|b|br|center|div|em|font|h[1-6]|hr|i|img|li|ol|p|small|span|strong|su[bp]|t[adhr]|table|tbody|u|ul"
MARKS = (
    r"&(?:amp|lt|gt|quot|apos|nbsp|copy|reg|trade|[mn]dash|hellip|[lr][sd]quo|[lr]aquo|bull|middot|deg|iexcl|iquest"
    r"|[aeiouAEIOU](?:acute|grave|uml|circ)|[nN]tilde|[cC]cedil|#\d{2,5}|#[xX][0-9a-fA-F]{2,5});"
    r"|\[[^\[\]\n]{1,100}\]\((?:https?://|/|#|mailto:)[^()\s]{0,200}\)"
    r"|\*\*(?=\w)[^*\n]{1,100}(?<=[\w.,!?:])\*\*|^#{2,6} (?=\w)"
)
"""Entities, and links, emphasis and headings of Markdown."""

MARKUP = re.compile(rf"</?(?:{_TAGS})(?:\s[^<>]{{0,300}})?/?>|{MARKS}", re.MULTILINE)
TAG_IN_DATA = re.compile(
    rf"</?(?i:{_TAGS}|script|style|iframe|svg|object|embed|form|input|button|video|audio|template|body|html)"
    r"(?:\s+[\w-]+\s*=[^<>\n]{0,300}|\s*/?)>|<!--|<script\b",
    re.MULTILINE,
)
"""A tag or a comment, in whatever letters: data come from elsewhere."""

MARKUP_HINTS = ("<", "&", "](", "**", "##")

SHOUTED = re.compile(r"[A-ZÀ-ÖØ-Þ](?<![\w&.-].)[A-ZÀ-ÖØ-Þ]{3,}(?:[ \n-][A-ZÀ-ÖØ-Þ]{4,})+(?![\w&-])")
_WORD = re.compile(r"[^\W\d_]+")
_ROMAN = re.compile(r"[IVXLCDM]+")
_VOWEL = re.compile(r"[AEIOUYÀ-ÖØ-Þ]")
_ABBREVIATIONS = frozenset(
    "ADHD AIDS BIPAP CARES CHAMPVA CHIP COBRA COPD COVID CPAP DEXA EMTALA ERISA FAAOS FACEP FACOG FACP FACS"
    " FEMA FERPA FMLA GERD HEDIS HIPAA HITECH HTML HTTP HTTPS ICHRA JAMA JSON LASIK MACRA MEDLINE MERS MIPS NAFTA NASA"
    " NASDAQ NATO NCQA NCCN NICE NIOSH NSAID NSAIDS NYSE OSHA PACE PTSD SAMHSA SARS SCHIP SMART SNAP SOAP SPECT TENS"
    " TRICARE UNESCO UNICEF USAID USPS WCAG YMCA YWCA".split()
)


def is_shouted(run: str) -> bool:
    """Whether two words next to each other are words, not abbreviations."""
    known = [
        bool(_VOWEL.search(word)) and word not in _ABBREVIATIONS and not _ROMAN.fullmatch(word)
        for word in _WORD.findall(run)
    ]
    return any(first and second for first, second in pairwise(known))
