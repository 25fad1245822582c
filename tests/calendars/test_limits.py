"""How limits are written, and what is refused."""

import pytest

from calendars import Limit, Measure, parse_limit


@pytest.mark.parametrize(
    ("text", "measure", "amount", "per"),
    [
        ("24h", Measure.NATURAL, 86_400, 1),
        ("0.5h", Measure.NATURAL, 1_800, 1),
        ("24wh", Measure.WORKING_NATURAL, 86_400, 1),
        ("2oh", Measure.OFFICE, 7_200, 1),
        ("30om", Measure.OFFICE, 1_800, 1),
        ("0.5wd", Measure.OFFICE_SHARE, 1, 2),
        ("1.5wd", Measure.OFFICE_SHARE, 3, 2),
        ("1.0wd", Measure.WORKING_DAYS, 1, 1),
        ("20wd", Measure.WORKING_DAYS, 20, 1),
        ("0wd", Measure.SAME_DAY, 0, 1),
        ("10d", Measure.CALENDAR_DAYS, 10, 1),
    ],
)
def test_each_form_has_its_measure(text: str, measure: Measure, amount: int, per: int) -> None:
    assert parse_limit(text) == Limit(measure=measure, amount=amount, per=per, text=text)


@pytest.mark.parametrize(
    "text",
    ["", "3", "wd", "-1wd", "3 wd", "3WD", "3个工作日", "٣wd", "0h", "0om", "0d", "1.5d", "0.0001h", "1e3h", "3wd\n"],
)
def test_anything_else_is_refused_with_what_was_given_and_the_forms(text: str) -> None:
    with pytest.raises(ValueError, match="wd") as refusal:
        parse_limit(text)
    assert repr(text) in str(refusal.value)
    assert "24h, 24wh" in str(refusal.value)


@pytest.mark.parametrize("text", ["3654wd", "3654d", "87673h", "5260321om", "999999999wh"])
def test_more_than_ten_years_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="ten years"):
        parse_limit(text)
