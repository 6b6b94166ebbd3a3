"""Dated registry of the features of Google Search for schema.org types.

Only what its documentation says stands here. A type that is missing has not been looked up; one with the status
``none`` has, and there is no feature for it. The vocabulary itself is that of https://schema.org and stays valid
whatever search engines make of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct

Status = Literal["live", "retired", "none"]

SEEN = "2026-11-22"
"""Day of the information here, from copies of the sources: open the live pages before you rely on a detail."""

_DOCS = "https://developers.google.com/search/docs/appearance/structured-data/"
GALLERY = f"{_DOCS}search-gallery"
_UPDATES = "https://developers.google.com/search/updates"
_BLOG = "https://developers.google.com/search/blog/"


class SearchFeature(Struct, frozen=True):
    """Feature of Google Search for nodes of the schema.org type ``type``.

    ``since`` is the day from which a retired feature is no longer shown, or on which its end was announced.
    ``required`` are the properties without which there is no such result; of each tuple one is enough.
    """

    type: str
    feature: str
    status: Status
    source: str
    note: str
    since: str = ""
    required: tuple[tuple[str, ...], ...] = ()


def _live(kind: str, feature: str, source: str, required: str, note: str) -> SearchFeature:
    """``required`` has a word for each property, and ``|`` between those of which one is enough."""
    groups = tuple(tuple(group.split("|")) for group in required.split())
    return SearchFeature(kind, feature, "live", _DOCS + source, note, required=groups)


def _retired(kind: str, feature: str, since: str, source: str, note: str) -> SearchFeature:
    return SearchFeature(kind, feature, "retired", source, note, since)


def _none(kind: str, note: str) -> SearchFeature:
    return SearchFeature(kind, "", "none", GALLERY, note)


_RECORDS = (
    _live("Article", "article results", "article", "", "Nothing is required; headline, image and dates help."),
    _live(
        "BreadcrumbList",
        "breadcrumbs",
        "breadcrumb",
        "itemListElement",
        "Each item needs a position and a name, and each but the last an address.",
    ),
    _live("Course", "course lists", "course", "name description", "Shown as a list of courses."),
    _live("Dataset", "Dataset Search", "dataset", "name description", "Shown in Dataset Search."),
    _live(
        "DiscussionForumPosting",
        "discussions and forums",
        "discussion-forum",
        "author datePublished text|image|video",
        "For what users of a forum write.",
    ),
    _live("Event", "event results", "event", "name startDate location", "The location needs an address."),
    _live(
        "EmployerAggregateRating",
        "employer ratings",
        "employer-rating",
        "itemReviewed ratingValue ratingCount|reviewCount",
        "For sites that collect what employees say of employers.",
    ),
    _live(
        "JobPosting",
        "job search",
        "job-posting",
        "title description datePosted hiringOrganization jobLocation|jobLocationType",
        "Work from anywhere has a jobLocationType in place of a location.",
    ),
    _live(
        "LocalBusiness",
        "local business details",
        "local-business",
        "name address",
        "For a business that people can visit: its address has a rule of its own.",
    ),
    _live("Organization", "organization details", "organization", "", "Nothing is required; name and url help."),
    _live(
        "Product",
        "product snippets",
        "product-snippet",
        "name offers|review|aggregateRating",
        "For pages about one product.",
    ),
    _live("ProfilePage", "profile pages", "profile-page", "mainEntity", "For pages about one person or organization."),
    _live("QAPage", "question and answer results", "qapage", "mainEntity", "For one question that users may answer."),
    _live("Recipe", "recipe results", "recipe", "name image", "For pages with one recipe."),
    _live(
        "Review",
        "review snippets",
        "review-snippet",
        "author reviewRating itemReviewed",
        "A review within the thing that is reviewed need not name it again.",
    ),
    _live(
        "AggregateRating",
        "review snippets",
        "review-snippet",
        "ratingValue ratingCount|reviewCount itemReviewed",
        "A rating within the thing that is rated need not name it again.",
    ),
    _live(
        "SoftwareApplication",
        "software results",
        "software-app",
        "name offers review|aggregateRating",
        "For pages about one application.",
    ),
    _live("VideoObject", "video results", "video", "name thumbnailUrl uploadDate", "For pages that show the video."),
    SearchFeature(
        "WebSite",
        "site names",
        "live",
        "https://developers.google.com/search/docs/appearance/site-names",
        "Read on the home page of a site.",
        required=(("name",), ("url",)),
    ),
    _retired("FAQPage", "FAQ results", "2026-05-07", _UPDATES, "Questions no longer unfold below a search result."),
    _retired(
        "HowTo",
        "how-to results",
        "2023-09-13",
        f"{_BLOG}2023/08/howto-faq-changes",
        "Steps are no longer shown below a search result.",
    ),
    _retired(
        "SearchAction",
        "sitelinks search box",
        "2024-11-21",
        f"{_BLOG}2024/10/sitelinks-search-box",
        "Google no longer shows a search field of the site; the WebSite itself still gives the site its name.",
    ),
    _retired(
        "ClaimReview",
        "fact checks",
        "2025-06-12",
        f"{_BLOG}2025/06/simplifying-search-results",
        "Verdicts are no longer shown beside a search result.",
    ),
    _retired(
        "CourseInstance",
        "course details",
        "2025-06-12",
        f"{_BLOG}2025/06/simplifying-search-results",
        "Dates and prices of single courses are no longer shown; lists of courses are.",
    ),
    _retired(
        "OccupationAggregationByEmployer",
        "estimated salaries",
        "2025-06-12",
        f"{_BLOG}2025/06/simplifying-search-results",
        "Estimates of what a profession earns are no longer shown.",
    ),
    _retired(
        "SpecialAnnouncement",
        "special announcements",
        "2025-06-12",
        f"{_BLOG}2025/06/simplifying-search-results",
        "Announcements are no longer shown beside a search result.",
    ),
    _none("MedicalCondition", "It says what a page is about."),
    _none("MedicalTherapy", "It says what a page is about."),
    _none("MedicalWebPage", "It says that a page is about medicine, and who reviewed it."),
    _none("Person", "It says who wrote or reviewed a page."),
    _none("Physician", "It names a doctor or a practice; nothing is required."),
    _none("Service", "It says what is offered, and where."),
    _none("WebPage", "It says what kind of page it is."),
)

FEATURES: Mapping[str, SearchFeature] = {record.type: record for record in _RECORDS}
"""The feature of each type that was looked up."""

LOCAL_BUSINESSES = frozenset(
    "LocalBusiness AccountingService AdultEntertainment AmusementPark AnimalShelter ArchiveOrganization ArtGallery"
    " Attorney AutoBodyShop AutoDealer AutoPartsStore AutoRental AutoRepair AutoWash AutomatedTeller"
    " AutomotiveBusiness Bakery BankOrCreditUnion BarOrPub BeautySalon BedAndBreakfast BikeStore BookStore"
    " BowlingAlley Brewery CafeOrCoffeeShop Campground Casino ChildCare ClothingStore ComedyClub CommunityHealth"
    " ComputerStore ConvenienceStore CovidTestingFacility DaySpa Dentist DepartmentStore Dermatology DietNutrition"
    " Distillery DryCleaningOrLaundry Electrician ElectronicsStore Emergency EmergencyService EmploymentAgency"
    " EntertainmentBusiness ExerciseGym FastFoodRestaurant FinancialService FireStation Florist"
    " FoodEstablishment FurnitureStore GardenStore GasStation GeneralContractor Geriatric GolfCourse GovernmentOffice"
    " GroceryStore Gynecologic HVACBusiness HairSalon HardwareStore HealthAndBeautyBusiness HealthClub HobbyShop"
    " HomeAndConstructionBusiness HomeGoodsStore Hospital Hostel Hotel HousePainter IceCreamShop"
    " InsuranceAgency InternetCafe JewelryStore LegalService Library LiquorStore Locksmith LodgingBusiness"
    " MedicalBusiness MedicalClinic MensClothingStore Midwifery MobilePhoneStore Motel MotorcycleDealer"
    " MotorcycleRepair MovieRentalStore MovieTheater MovingCompany MusicStore NailSalon NightClub Notary Nursing"
    " Obstetric OfficeEquipmentStore Oncologic Optician Optometric Otolaryngologic OutletStore PawnShop Pediatric"
    " PetStore Pharmacy PlasticSurgery Plumber Podiatric PoliceStation PostOffice PrimaryCare ProfessionalService"
    " Psychiatric PublicHealth PublicSwimmingPool RadioStation RealEstateAgent RecyclingCenter Resort Restaurant"
    " RoofingContractor SelfStorage ShoeStore ShoppingCenter SkiResort SportingGoodsStore SportsActivityLocation"
    " SportsClub StadiumOrArena Store TattooParlor TelevisionStation TennisComplex TireShop"
    " TouristInformationCenter ToyStore TravelAgency VacationRental WholesaleStore Winery".split()
)
"""LocalBusiness and its subtypes: https://schema.org/LocalBusiness. A Physician may be a person, and is left out."""

_SUBTYPES: Mapping[str, Iterable[str]] = {
    "Article": (
        "NewsArticle BlogPosting AdvertiserContentArticle AnalysisNewsArticle AskPublicNewsArticle"
        " BackgroundNewsArticle MedicalScholarlyArticle OpinionNewsArticle Report ReportageNewsArticle"
        " ReviewNewsArticle ScholarlyArticle SatiricalArticle TechArticle"
    ).split(),
    "Event": (
        "BusinessEvent ChildrensEvent ComedyEvent DanceEvent EducationEvent ExhibitionEvent Festival FoodEvent"
        " LiteraryEvent MusicEvent SaleEvent ScreeningEvent SocialEvent SportsEvent TheaterEvent VisualArtsEvent"
    ).split(),
    "LocalBusiness": LOCAL_BUSINESSES,
    "Organization": "Corporation EducationalOrganization MedicalOrganization NGO NewsMediaOrganization".split(),
    "SoftwareApplication": "MobileApplication WebApplication".split(),
    "WebPage": "AboutPage CheckoutPage CollectionPage ContactPage ItemPage SearchResultsPage".split(),
}
GENERAL: Mapping[str, str] = {kind: general for general, kinds in _SUBTYPES.items() for kind in kinds}
"""The looked-up type that a more special one is treated as."""


def specialised(*generals: str) -> frozenset[str]:
    """These types, with all that are treated as one of them."""
    return frozenset(generals).union(kind for kind, general in GENERAL.items() if general in generals)


def feature_of(kind: str) -> SearchFeature | None:
    """The feature for nodes of the type; None for a type that was not looked up."""
    return FEATURES.get(kind) or FEATURES.get(GENERAL.get(kind, ""))


def is_business(kinds: Iterable[str]) -> bool:
    """Whether one of the types is an organization or a business."""
    return any(kind in LOCAL_BUSINESSES or GENERAL.get(kind, kind) == "Organization" for kind in kinds)
