from jinja2 import Environment, nodes

from generator.templating.contract import CONTENT_NAMES, TEMPLATE_NAMES
from generator.templating.names import Names, unknown_names

COLUMNS = {"RegionView": frozenset({"medical_board"}), "PlaceView": frozenset()}


def unknown(source: str, names: object = TEMPLATE_NAMES, columns: object = COLUMNS) -> list[tuple[int, str, str]]:
    tree = Environment(autoescape=True, extensions=["jinja2.ext.i18n"]).parse(source)
    found = unknown_names([*tree.find_all(nodes.Node)], Names(names, columns))  # type: ignore[arg-type]
    return [(one.line, one.name, one.fix) for one in found]


def test_a_name_that_the_contract_lacks_is_found_with_its_line_and_the_nearest_one() -> None:
    assert unknown("\n{{ plase.name }}") == [(2, "plase", 'Did you mean "place"?')]


def test_an_attribute_is_checked_through_the_whole_chain() -> None:
    assert unknown("{{ place.region.nmae }}") == [(1, "place.region.nmae", 'Did you mean "name"?')]


def test_a_column_that_a_table_attaches_is_known() -> None:
    assert unknown("{{ place.region.medical_board }}") == []


def test_a_column_of_a_region_is_not_one_of_a_place() -> None:
    assert [name for _, name, _ in unknown("{{ place.medical_board }}")] == ["place.medical_board"]


def test_with_unknown_columns_nothing_is_held_against_an_attribute() -> None:
    assert unknown("{{ place.region.anything }}", columns=None) == []


def test_a_loop_gives_its_variable_the_type_of_the_list() -> None:
    source = "{% for near in page.nearby %}{{ near.name }}{{ near.nmae }}{% endfor %}"
    assert unknown(source) == [(1, "near.nmae", 'Did you mean "name"?')]


def test_a_loop_within_a_loop_is_checked_too() -> None:
    source = "{% for s in page.sections %}{% for q in s.questions %}{{ q.nmae }}{% endfor %}{% endfor %}"
    assert [name for _, name, _ in unknown(source)] == ["q.nmae"]


def test_names_that_the_template_defines_are_known() -> None:
    source = "{% set a = 1 %}{{ a }}{% macro m(b) %}{{ b }}{% endmacro %}{{ m(2) }}{{ loop }}"
    assert unknown(source) == []


def test_every_unknown_name_is_found_at_once() -> None:
    assert len(unknown("{{ a }}\n{{ b }}\n{% if c %}{% endif %}")) == 3


def test_an_authors_text_may_not_read_the_page_that_is_being_made_of_it() -> None:
    assert [name for _, name, _ in unknown("{{ page.title }}", CONTENT_NAMES)] == ["page.title"]


def test_attributes_of_plain_values_are_left_to_rendering() -> None:
    assert unknown("{{ place.name.upper() }}") == []
