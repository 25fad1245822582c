"""A field that is shown stands in every sheet: under its own name and as it is, or as is said beside it; nothing is left out in silence."""

from datetime import date
from typing import Annotated

import pytest
from msgspec import Struct

from exports.spreadsheets.columns import Apart, Column, Columns


class Length(Struct, frozen=True, rename="camel"):
    """So much of a measure."""

    own: Annotated[int, Column("逾期")]
    measure: Annotated[str, Column("单位", {"days": "天"})]


class Work(Struct, frozen=True):
    """What was done about it."""

    act: str


class Missed(Struct, frozen=True, rename="camel"):
    """What a list shows."""

    light_now: Annotated[str, Column("等级", {"red": "红牌"})]
    late_entry: Annotated[bool, Column("补录")]
    over: Length
    works: Annotated[tuple[Work, ...], Column("处理", {"order": "责令"}, of=lambda shown: tuple(one.act for one in shown.works))]
    told: Annotated[tuple[Work, ...], Apart("the light says it")]


class Paid(Struct, frozen=True, rename="camel"):
    """What a list shows without words of its own."""

    on: date
    by: Length | None


MISSED = Missed("red", late_entry=True, over=Length(3, "days"), works=(Work("order"), Work("talk")), told=(Work("x"),))


def test_a_value_within_a_value_has_columns_and_its_own_stands_under_the_name_of_the_whole() -> None:
    columns = Columns(Missed)
    assert columns.head == ("lightNow", "lateEntry", "over", "measure", "works")
    assert columns.cells(MISSED) == ["red", "true", 3, "days", "order talk"]
    assert columns.named(MISSED) == {"lightNow": "red", "lateEntry": True, "over": 3, "measure": "days", "works": ("order", "talk")}


def test_people_read_headings_and_words_for_codes_and_a_code_without_one_as_it_is() -> None:
    columns = Columns(Missed)
    assert columns.head_for_people == ("等级", "补录", "逾期", "单位", "处理")
    assert columns.cells_for_people(MISSED) == ["红牌", "是", 3, "天", "责令、talk"]


class Plain(Struct, frozen=True):
    """A part without headings."""

    own: int
    measure: str


class PlainPaid(Struct, frozen=True, rename="camel"):
    """Something that may not be there."""

    paid_on: date
    by_whom: Plain | None


def test_where_the_part_is_missing_its_columns_are_empty() -> None:
    columns = Columns(PlainPaid)
    assert columns.head == columns.head_for_people == ("paidOn", "byWhom", "measure")
    assert columns.cells(PlainPaid(date(2026, 6, 3), None)) == ["2026-06-03", "", ""]
    assert columns.cells_for_people(PlainPaid(date(2026, 6, 3), Plain(2, "days"))) == ["2026-06-03", 2, "days"]


class Untold(Struct, frozen=True):
    """Several values in one field, of which nothing is said."""

    works: tuple[Work, ...]


class Twice(Struct, frozen=True):
    """Two columns of one name."""

    left: Plain
    over: Plain


@pytest.mark.parametrize("kind", [Untold, Twice, Paid])
def test_what_no_rule_covers_is_refused_at_once(kind: type[Struct]) -> None:
    with pytest.raises(TypeError, match=r"column|Column"):
        Columns(kind)
