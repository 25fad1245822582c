"""Codes on forms: what the standards call right, and what is told without saying the number."""

import pytest

from domain.intake.identifiers import unusual_id_number, wrong_check_digit, wrong_credit_code, wrong_phone, wrong_project_code
from tests.domain.forms import CREDIT_CODE, ID_NUMBER

CODE = "2101-420800-04-01-123456"


def test_check_characters_of_credit_codes_are_those_of_the_standard() -> None:
    assert wrong_credit_code(CREDIT_CODE) is None
    assert wrong_credit_code(None) is None
    assert "check character" in (wrong_credit_code(CREDIT_CODE[:-1] + "M") or "")
    assert "is not a credit code" in (wrong_credit_code("91420800") or "")


@pytest.mark.parametrize("code", [None, CODE, "2015-420802-44-03-000001", "2512-420281-89-05-700001"])
def test_a_project_code_begins_with_its_month_or_as_the_first_ones_did_with_its_year(code: str | None) -> None:
    assert wrong_project_code(code) is None


@pytest.mark.parametrize("code", ["2101-420800", "2113-420800-04-01-123456", "荆发改备〔2014〕12号"])
def test_another_project_code_is_told(code: str) -> None:
    assert "has not the shape" in (wrong_project_code(code) or "")


@pytest.mark.parametrize(
    "number", [None, ID_NUMBER, "11010519491231002x", "1101 0519 4912 3100 2X", "１１０１０５１９４９１２３１００２Ｘ"]
)
def test_the_example_of_the_standard_is_right_however_it_is_written(number: str | None) -> None:
    assert (wrong_check_digit(number), unusual_id_number(number)) == (None, None)


def test_a_wrong_check_digit_is_told_without_the_number() -> None:
    said = wrong_check_digit("110105194912310021")
    assert said is not None
    assert "GB 11643" in said
    assert "1101" not in said
    assert unusual_id_number("110105194912310021") is None


@pytest.mark.parametrize(
    "number",
    [
        "E12345678",  # 普通护照
        "H1234567890",  # 港澳居民来往内地通行证
        "12345678",  # 台湾居民来往大陆通行证
        "CHN123456789012",  # 外国人永久居留证, the old one
        "110105491231002",  # 一代身份证: 15 digits, no check
        "110105194913310020",  # no such day
    ],
)
def test_a_passport_or_permit_is_told_and_has_no_check_digit_to_fail(number: str) -> None:
    assert "as it stands" in (unusual_id_number(number) or "")
    if len(number) != len(ID_NUMBER):
        assert wrong_check_digit(number) is None


@pytest.mark.parametrize(
    "phone",
    [None, "13800138000", "+86 138 0013 8000", "0086-13800138000", "0724-2345678", "(0724) 2345678", "+86 724 2345678", "010-62345678",
     "021-62345678转802", "4001234567", "400-123-4567", "800-123-4567", "０７１４－８７１２３４５", "0714—8712345"],
)  # fmt: skip
def test_a_number_that_can_be_rung_is_taken(phone: str | None) -> None:
    assert wrong_phone(phone) is None


@pytest.mark.parametrize("phone", ["2345678", "12345", "138001380001", "12800138000", "+852 2345 6789", "7242345678", "请微信联系"])
def test_a_number_that_nobody_could_ring_is_told_without_saying_it(phone: str) -> None:
    said = wrong_phone(phone)
    assert said is not None
    assert phone not in said
