"""The keys at the head of a topic's file; ``docs/configuration.md`` is held to these descriptions."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints

from generator.config import Keys, Text, WebAddress

MedicalType = Literal[
    "MedicalTherapy",
    "MedicalProcedure",
    "MedicalCondition",
    "MedicalTest",
    "MedicalSignOrSymptom",
    "TherapeuticProcedure",
    "DiagnosticProcedure",
    "SurgicalProcedure",
    "PhysicalTherapy",
    "Drug",
]
"""Types of schema.org's health-lifesci section that a patient's article is about (schema.org 29)."""

MEDICAL_TYPES = frozenset(get_args(MedicalType))
SchemaType = Literal[MedicalType, "Service", "Thing"]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]


class ReviewerKeys(Keys):
    name: Text = Field(description="The person who reviewed the article.")
    credentials: Text | None = Field(None, description="Their credentials, like `MD`.")
    url: WebAddress | None = Field(None, description="A page about them.")


class SourceKeys(Keys):
    title: Text = Field(description="Title of the work.")
    publisher: Text | None = Field(None, description="Who published it.")
    url: WebAddress | None = Field(None, description="Where it can be read.")


class ImageKeys(Keys):
    file: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*\.(jpe?g|png|webp)$")] = Field(
        description="File beside the topic: JPEG, PNG or WebP."
    )
    alt: Text = Field(description="What the picture shows, for those who cannot see it.")
    credit: Text | None = Field(None, description="Whom to credit.")


class CallToActionKeys(Keys):
    label: Text = Field(description="Words of the button; may name the place.")
    url: WebAddress = Field(description="Where the button leads.")
    text: Text = Field(description="Markdown above the button.")


class RegionPageKeys(Keys):
    title: list[Text] = Field(min_length=1, description="Titles, longest first; the first that fits 580 px is used.")
    description: list[Text] = Field(
        min_length=1, description="Descriptions, longest first; the first that fits 920 px is used."
    )
    h1: Text = Field(description="The hub's main heading.")
    summary: Text = Field(description="One or two sentences under the heading.")


class FrontMatter(Keys):
    """The whole of a topic's front matter. Texts may contain Jinja."""

    slug: Slug = Field(description="The topic's part of the address, in the page's language.")
    short_name: Text = Field(description="The subject as it stands in a sentence.")
    nav_label: Text = Field(description="The subject as it stands in navigation and breadcrumbs.")
    schema_type: SchemaType = Field(description="schema.org type of the subject.")
    about_name: Text = Field(description="Name of the subject itself in the structured data.")
    title: list[Text] = Field(min_length=1, description="Titles, longest first; the first that fits 580 px is used.")
    description: list[Text] = Field(
        min_length=1, description="Descriptions, longest first; the first that fits 920 px is used."
    )
    h1: Text = Field(description="The page's main heading.")
    summary: Text = Field(description="One or two sentences under the heading.")
    region_page: RegionPageKeys = Field(description="Words of the region hubs.")
    call_to_action: CallToActionKeys = Field(description="What the page asks its reader to do.")
    translation: Literal["pending review", "reviewed"] | None = Field(
        None, description="`pending review` is shown in every build's summary until a person changes it."
    )
    reviewer: ReviewerKeys | None = Field(None, description="Who reviewed the article; shown when given.")
    last_reviewed: datetime.date | None = Field(None, description="Day of the last review; shown when given.")
    updated: datetime.date | None = Field(
        None, description="Day of the last change by its author; shown where no later change is known."
    )
    sources: list[SourceKeys] = Field([], description="Works that the article rests on; shown when given.")
    image: ImageKeys | None = Field(None, description="A picture; shown when given.")
