import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.plan.slugs import MAX_SLUG, slugify


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Austin", "austin"),
        ("St. Louis", "st-louis"),
        ("Coeur d'Alene", "coeur-dalene"),
        ("Hell’s Kitchen", "hells-kitchen"),
        ("Kahalu‘u", "kahaluu"),
        ("Haʻikū", "haiku"),
        ("La Cañada Flintridge", "la-canada-flintridge"),
        ("  Ala Moana - Kakaako  ", "ala-moana-kakaako"),
        ("../../etc/passwd", "etc-passwd"),
        ("القاهرة", "lqhrh"),
        ("...", ""),
        ("", ""),
    ],
)
def test_a_name_becomes_plain_words_joined_by_hyphens(text: str, slug: str) -> None:
    assert slugify(text) == slug


def test_a_long_text_is_cut_between_words() -> None:
    assert slugify("word " * 30) == "-".join(["word"] * 16)


def test_a_long_word_is_cut_where_it_must_be() -> None:
    assert slugify("a" * 300) == "a" * MAX_SLUG


def test_a_text_that_just_fits_is_not_cut() -> None:
    fits = "a" * 39 + "-" + "b" * 40
    assert slugify(fits) == fits
    assert slugify(f"{fits} more") == fits


@given(st.text(max_size=300))
def test_a_slug_is_safe_in_any_path(text: str) -> None:
    slug = slugify(text)
    assert re.fullmatch("([a-z0-9]+(-[a-z0-9]+)*)?", slug)
    assert len(slug) <= MAX_SLUG


@given(st.text(max_size=300))
def test_the_slug_of_a_slug_is_itself(text: str) -> None:
    assert slugify(slugify(text)) == slugify(text)


@given(st.text(max_size=100))
def test_a_text_with_a_latin_letter_or_a_digit_always_has_a_slug(text: str) -> None:
    assert slugify(f"{text}a")
