"""What is printed of a case is what its acts say: by names, the latest of each, and what is sealed left empty."""

from collections.abc import Iterable
from datetime import date

import pytest
from msgspec.structs import replace

from domain.acts.connection import (
    ApplicationAccepted,
    ApprovalNotNeeded,
    CommitmentNotified,
    DemandRegistered,
    SignoffGiven,
)
from domain.acts.enforcement.ladder import InterviewArranged, PenaltyReferred
from domain.acts.enforcement.supervision import CommitmentSigned, ContractorEntrusted, InterviewCalled, RectificationOrdered
from domain.acts.forms import Applicant, Form, Supply
from domain.acts.kinds import CaseKind
from domain.acts.service import EnquiryReceived, NoticeIssued
from domain.case import Case
from domain.printing.gathering import NAMES, acts_of, printed_form, printed_forms, record_of
from domain.printing.records import CommitmentLetter, Intake, Interview, OneTimeNotice, PrintedForm, Rectification, Referral, Sheet
from domain.printing.sheet import blank_sheet, sheet_of
from domain.refusals import Malformed, NotFound
from tests.domain.stories import CASE, Story, accepted, book, form, opened, said, shanghai, surveyed

WATER, GAS, OFFICE = "jm-water", "jm-gas", "jm-spj"
PLANNERS, PARKS = "jm-zgj", "jm-cgw"
SOMEBODY = Applicant(
    name="荆楚精密制造有限公司", contact="sealed:abc", phone="sealed:def", legal_representative="王一", id_number="sealed:ghi"
)


def case(
    kind: CaseKind = "connection", scheme: str = "jingmen-2023", number: int | None = 7, subject: str | None = "2611-420802-04-01-1"
) -> Case:
    return Case(
        case_id=CASE,
        kind=kind,
        scheme=scheme,
        city="420800",
        district=None,
        subject=subject,
        number=number,
        year=2026,
        state="open",
        opened_at=shanghai("2026-11-16 09:00"),
        opened_by=OFFICE,
        parties=(),
        seq=1,
        head=b"",
    )


def printed(story: Story, form: PrintedForm, seq: int | None = None, of: Case | None = None) -> object:
    return record_of(story.book, of or case(), story.entries, form, seq)


def signed(utility: str, department: str, outcome: str = "approved", opinion: str = "同意") -> SignoffGiven:
    return SignoffGiven(utility=utility, department=department, outcome=outcome, opinion=opinion, signatory="李二")  # type: ignore[arg-type]  # either word


def opinions(sheet: Sheet, department: str) -> Iterable[tuple[str, str]]:
    signing = next(one for one in sheet.signings if one.department == department)
    return [(one.utility, one.text) for one in signing.opinions]


# ── Which forms a city has ──


def test_jingmen_prints_every_form_and_notice_of_its_plan() -> None:
    supervised = ("rectification", "interview", "arranged", "referral")
    forms = ("demand", "application", "sheet", "commitment", "notice", *supervised, "statement", "yearend")
    assert printed_forms(book("jingmen-2023").scheme) == forms == tuple(NAMES)


def test_daye_knows_no_order_to_rectify_and_no_interview() -> None:
    assert printed_forms(book("daye-2023").scheme) == ("demand", "application", "sheet", "commitment", "notice")
    assert printed_form(book("daye-2023").scheme, "sheet") == "sheet"
    with pytest.raises(NotFound, match="no printed form 'interview' in daye-2023; there are: demand, application"):
        printed_form(book("daye-2023").scheme, "interview")


def test_a_city_without_forms_and_signing_departments_prints_neither() -> None:
    scheme = replace(book("jingmen-2023").scheme, forms={}, signoffs=())
    assert printed_forms(scheme) == ("commitment", "notice", "rectification", "interview", "arranged", "referral", "statement", "yearend")
    assert acts_of(scheme, "demand") == ()


# ── Intake forms ──


def test_the_last_demand_is_printed_with_the_number_and_without_what_is_sealed() -> None:
    story = Story("jingmen-2023")
    story.at("2026-11-16 09:00").does(DemandRegistered(occasion="licence", form=form(WATER)), by="jm-sjj")
    story.at("2026-11-17 09:00").does(DemandRegistered(occasion="licence", form=replace(form(GAS), applicant=SOMEBODY)), by="jm-sjj")
    record = printed(story, "demand")
    assert isinstance(record, Intake)
    assert (record.year, record.number) == (2026, 7)
    assert record.form.supplies == (Supply(service="gas", utility=GAS),)
    bare = Applicant(name="荆楚精密制造有限公司", legal_representative="王一")
    assert record.form.applicant == bare


def test_an_earlier_form_is_printed_by_its_entry() -> None:
    story = Story("jingmen-2023")
    story.at("2026-11-16 09:00").does(DemandRegistered(occasion="licence", form=form(WATER)), by="jm-sjj")
    story.at("2026-11-17 09:00").does(DemandRegistered(occasion="licence", form=form(GAS)), by="jm-sjj")
    record = printed(story, "demand", seq=1, of=case(number=None))
    assert isinstance(record, Intake)
    assert record.form.supplies[0].utility == WATER
    assert (record.year, record.number) == (None, None), "no year is printed where there is no number"


def test_a_case_without_the_act_is_told_which_is_missing() -> None:
    story = Story("jingmen-2023")
    story.at("2026-11-16 09:00").does(DemandRegistered(occasion="licence", form=form(WATER)), by="jm-sjj")
    with pytest.raises(NotFound, match=r"application cannot be printed: it prints application\.accepted or application\.refused") as none:
        printed(story, "application")
    assert none.value.extra == {"missing": ["application.accepted", "application.refused"]}
    with pytest.raises(NotFound, match="entry 9 is none"):
        printed(story, "demand", seq=9)


# ── The consolidated sheet ──


def test_a_sheet_is_of_the_form_the_works_and_every_department_that_signs() -> None:
    story = Story("jingmen-2023")
    story.at("2026-11-16 09:00").does(accepted(WATER, GAS), by=OFFICE)
    story.at("2026-11-16 10:00").does(surveyed(OFFICE, WATER, GAS), by=OFFICE)
    story.at("2026-11-16 11:00").does(
        replace(opened((WATER, PARKS), (GAS, PARKS)), works_from=date(2026, 12, 2), works_until=date(2026, 12, 9)), by=OFFICE
    )
    story.at("2026-11-16 11:00").does(
        CommitmentNotified(utility=GAS, departments=(PLANNERS,), commitment="c", works_from=date(2026, 12, 1)), by=GAS
    )
    story.at("2026-11-17 09:00").does(signed(WATER, PARKS), by=PARKS)
    story.at("2026-11-17 10:00").does(ApprovalNotNeeded(utility=GAS, department=PLANNERS, reason="不涉及规划"), by=PLANNERS)
    sheet = printed(story, "sheet")
    assert isinstance(sheet, Sheet)
    assert (sheet.applicant, sheet.address, sheet.project_code) == ("荆楚精密制造有限公司", "子陵铺镇工业路1号", "2611-420802-04-01-1")
    assert (sheet.zone, sheet.connection_place) == ("子陵", "工业路")
    assert (sheet.works_from, sheet.works_until) == (date(2026, 12, 1), date(2026, 12, 9))
    assert [one.title for one in sheet.signings] == ["市自然资源和规划局意见", "市城管委意见", "市行政审批局意见"]
    parks, planners = sheet.signings[1], sheet.signings[0]
    assert opinions(sheet, PARKS) == [(WATER, "同意")]
    assert (parks.awaited, parks.signed_at) == ((GAS,), None), "the box bears no date before the last opinion"
    assert opinions(sheet, PLANNERS) == [(GAS, "不涉及规划")]
    assert (planners.awaited, said(planners.signed_at)) == ((), "2026-11-17 10:00")
    assert sheet.signings[2].signed_at is None


def test_an_opinion_given_again_replaces_the_earlier_one() -> None:
    story = Story("jingmen-2023")
    story.at("2026-11-16 09:00").does(accepted(WATER), by=OFFICE)
    story.at("2026-11-17 09:00").does(signed(WATER, PARKS, "rejected", "路由不符"), by=PARKS)
    story.at("2026-11-18 09:00").does(signed(WATER, PARKS), by=PARKS)
    assert opinions(sheet_of(story.book, case(), story.entries), PARKS) == [(WATER, "同意")]


def test_a_department_that_the_annex_has_no_box_for_gets_one_of_its_own() -> None:
    story = Story("jingmen-2023")
    story.at("2026-11-16 09:00").does(accepted(WATER), by=OFFICE)
    story.at("2026-11-17 09:00").does(opened((WATER, "jm-gyzx")), by=OFFICE)
    last = sheet_of(story.book, case(), story.entries).signings[-1]
    assert (last.department, last.title, last.dated, last.awaited) == ("jm-gyzx", "荆门市公用事业服务中心意见", True, (WATER,))


def test_an_address_is_put_together_where_the_form_has_it_in_parts() -> None:
    story = Story("daye-2023")
    parts = Form(
        applicant=Applicant(name="大冶甲公司"),
        supplies=(Supply(service="water", utility="dy-water"),),
        town="罗家桥街道",
        road="新冶大道",
        house_number="8号",
        project_code="2611-420281-04-01-2",
        connection_place="新冶大道与大棋路交叉口",
    )
    story.at("2026-11-16 09:00").does(ApplicationAccepted(form=parts), by="dy-zsj")
    sheet = sheet_of(story.book, case(scheme="daye-2023"), story.entries)
    assert (sheet.address, sheet.zone, sheet.connection_place) == ("罗家桥街道新冶大道8号", "罗家桥街道", "新冶大道与大棋路交叉口")
    assert sheet.project_code == "2611-420281-04-01-2"
    assert [one.dated for one in sheet.signings] == [False, True, True, True], "属地意见 bears no date"


def test_a_sheet_of_nothing_is_for_json_alone() -> None:
    story = Story("jingmen-2023")
    assert sheet_of(story.book, case(), []).applicant is None
    with pytest.raises(NotFound, match=r"no demand\.registered or application\.accepted"):
        printed(story, "sheet")
    story.at("2026-11-16 09:00").does(accepted(WATER), by=OFFICE)
    with pytest.raises(Malformed, match="the whole case"):
        printed(story, "sheet", seq=1)


def test_a_blank_sheet_knows_who_signs_it_and_nothing_else() -> None:
    sheet = blank_sheet(book("daye-2023").scheme)
    assert [one.title for one in sheet.signings] == ["属地意见", "城管部门审批意见", "交通运输部门审批意见", "公安（交警）部门审批意见"]
    assert sheet.applicant is None


# ── Letters and notices ──


def test_a_commitment_is_the_utilitys_until_a_contractor_writes_its_own() -> None:
    story = Story("daye-2023")
    signing = CommitmentSigned(
        utility="dy-water", department="dy-cgj", year=2026, standard="2026-1", document="承诺2026-3", scope="占绿", signatory="王一"
    )
    story.at("2026-01-05 09:00").does(signing, by="dy-water")
    own = printed(story, "commitment")
    assert isinstance(own, CommitmentLetter)
    assert (own.utility, own.of_year, own.signatory, own.signed_on) == ("清润水务集团", 2026, "王一", date(2026, 1, 5))
    story.at("2026-01-06 09:00").does(ContractorEntrusted(contractor="大冶市政工程有限公司"), by="dy-water")
    theirs = printed(story, "commitment")
    assert isinstance(theirs, CommitmentLetter)
    assert (theirs.contractor, theirs.signatory, theirs.scope) == ("大冶市政工程有限公司", None, "占绿")
    assert theirs.signed_on == date(2026, 1, 6)
    again = printed(story, "commitment", seq=1)
    assert isinstance(again, CommitmentLetter)
    assert again.contractor is None


def test_a_one_time_notice_is_to_the_applicant_where_there_is_one() -> None:
    notice = NoticeIssued(matter="用气报装", materials=("平面图",), place="东宝区共享营业厅", procedure=("补图",))
    story = Story("jingmen-2023")
    story.at("2026-11-16 09:00").does(accepted(GAS), by=OFFICE)
    story.at("2026-11-16 10:00").does(notice, by=OFFICE)
    told = printed(story, "notice")
    assert isinstance(told, OneTimeNotice)
    assert (told.addressee, told.issuer, told.materials) == ("荆楚精密制造有限公司", "荆门市行政审批局", ("平面图",))
    asked = Story("jingmen-2023")
    received = EnquiryReceived(channel="窗口", receiver=GAS, class_="general", reason="手续齐全", subject="用气")
    asked.at("2026-11-16 09:00").does(received, by=GAS)
    asked.at("2026-11-16 09:05").does(notice, by=GAS)
    nobody = printed(asked, "notice", of=case("enquiry"))
    assert isinstance(nobody, OneTimeNotice)
    assert nobody.addressee is None


def test_an_order_and_an_interview_name_both_sides() -> None:
    story = Story("jingmen-2023")
    story.at("2026-11-16 09:00").does(
        RectificationOrdered(utility=WATER, department=PARKS, defect="路面不平", due_on=date(2026, 11, 20)), by=PARKS
    )
    called = InterviewCalled(utility=WATER, department=PARKS, grounds="仍不平", held_for=shanghai("2026-11-24 09:30"), place="三楼")
    story.at("2026-11-21 09:00").does(called, by=PARKS)
    order, interview = printed(story, "rectification"), printed(story, "interview")
    assert isinstance(order, Rectification)
    assert (order.utility, order.department, order.due_on) == ("荆门市城市水务集团有限公司", "荆门市城市管理委员会", date(2026, 11, 20))
    assert isinstance(interview, Interview)
    assert (said(interview.held_for), interview.called_on, interview.contact) == ("2026-11-24 09:30", date(2026, 11, 21), None)


def test_an_interview_on_another_ground_and_a_referral_say_who_and_why() -> None:
    story, other = Story("jingmen-2023"), Story("jingmen-2023")
    held_for = shanghai("2026-06-12 09:00")
    arranged = InterviewArranged(party=WATER, by="jm-zjj", ground="停水不告知", held_for=held_for, place="二楼", contact="样例科")
    story.at("2026-06-10 09:00").does(arranged, by="jm-zjj")
    notice = printed(story, "arranged", of=case("supervision"))
    assert isinstance(notice, Interview)
    assert (notice.utility, notice.department, notice.grounds) == ("荆门市城市水务集团有限公司", "荆门市住房和城乡建设局", "停水不告知")
    assert (notice.held_for, notice.place, notice.contact, notice.called_on) == (held_for, "二楼", "样例科", date(2026, 6, 10))
    referred = PenaltyReferred(utility=WATER, department=PARKS, authority="某执法机关", law="《某某条例》第十条", facts="约谈无人参加")
    other.at("2026-07-06 09:00").does(referred, by=PARKS)
    letter = printed(other, "referral", of=case("supervision"))
    assert isinstance(letter, Referral)
    assert (letter.authority, letter.law, letter.facts, letter.referred_on) == (
        "某执法机关",
        "《某某条例》第十条",
        "约谈无人参加",
        date(2026, 7, 6),
    )
    assert (letter.utility, letter.department) == ("荆门市城市水务集团有限公司", "荆门市城市管理委员会")
