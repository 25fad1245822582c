"""Words that print other than they read are refused, in whatever act and at whatever depth they stand."""

import pytest
from msgspec.structs import replace

from domain.acts.connection import ApplicationAccepted, ChecklistReturned
from domain.acts.fact import RemarkMade
from domain.acts.service import EnquiryReceived
from domain.cases.wording import check_wording
from domain.refusals import Malformed
from tests.domain.desk import Desk, applied
from tests.domain.stories import form


@pytest.mark.parametrize("text", ["第一行\n第二行\t缩进\r\n第三行", "👨‍👩‍👧 一家", "𠮷野家㙍", "ᠮᠣᠩᠭᠣᠯ᠋", "O'Brien & Söhne 〔2026〕"])
def test_what_people_write_is_taken(text: str) -> None:
    check_wording(RemarkMade(text=text))


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200b", "\ufeff", "\u00ad", "\u0007", "\u007f", "\u0085", "\u3164"])
def test_what_hides_or_turns_words_is_refused_with_its_name(sign: str) -> None:
    with pytest.raises(Malformed, match=f"text holds the character U\\+{ord(sign):04X}"):
        check_wording(RemarkMade(text=f"同意{sign}不"))


@pytest.mark.parametrize("sign", ["\n", "\t", "\r", "\u200d", "\u2028"])
def test_a_name_or_an_address_has_one_line(sign: str) -> None:
    with pytest.raises(Malformed, match="address holds the character") as refused:
        Desk().opens(ApplicationAccepted(form=replace(form("jm-water"), address=f"工业路{sign}1号")), by="jm-spj")
    assert refused.value.extra["field"] == "address"


@pytest.mark.parametrize("blank", [" ", "\u3000\u3000", "\n \t"])
def test_nothing_but_spaces_is_no_text(blank: str) -> None:
    with pytest.raises(Malformed, match="holds nothing but spaces"):
        applied().records(RemarkMade(text=blank), by="jm-spj")


def test_a_list_is_looked_through_and_a_field_is_called_as_callers_write_it() -> None:
    with pytest.raises(Malformed, match="items holds"):
        check_wording(ChecklistReturned(utility="jm-water", department="jm-cgw", items=("图纸", " ")))
    with pytest.raises(Malformed, match="projectName holds"):
        check_wording(ApplicationAccepted(form=form("jm-water", project_name=" ")))
    check_wording(EnquiryReceived(channel="窗口", receiver="jm-spj", class_="general", reason="类", subject="进度"))
