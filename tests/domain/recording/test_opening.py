"""Opening a case: who may, for whom, in which place, by which act."""

from datetime import UTC, date, datetime, timedelta, timezone

import msgspec
import pytest

from domain.acts import KINDS, decode_act, encode_act, tag_of
from domain.acts.connection import ApplicationAccepted, ApplicationRefused, AppointmentAgreed, DemandRegistered
from domain.acts.enforcement.supervision import CommitmentSigned, PeriodOpened
from domain.acts.parts import Applicant, Form, Supply
from domain.acts.service import EnquiryReceived, FeedbackGiven
from domain.cases.moments import check_moment, settle, whole
from domain.cases.parties import check_supplies, named
from domain.ledger import Actor, chain_hash, hasher
from domain.recording.opening import open_case
from domain.recording.state import subject_of
from domain.refusals import Malformed, NotAllowed, OutOfOrder
from tests.domain.desk import Desk
from tests.domain.forms import CREDIT_CODE, PROJECT_CODE, jingmen
from tests.domain.stories import CASE, Story, accepted, book, form, opened, shanghai

WATER = "jm-water"
GOOD = CREDIT_CODE
CODE = PROJECT_CODE


def applying(code: str | None = None, project: str | None = None, zone: str | None = "ziling", kind: str = "enterprise") -> Form:
    applicant = Applicant(name="甲", kind=kind, credit_code=code)  # type: ignore[arg-type]  # words of the plans
    supplies = (Supply(service="water", utility=WATER),)
    return Form(applicant=applicant, supplies=supplies, address="某路1号", zone=zone, project_code=project)


def test_an_application_opens_a_connection_with_its_first_entry() -> None:
    form = msgspec.structs.replace(jingmen(), supplies=applying().supplies, power=None, gas=None, heat=None, network=None)
    made = Desk().opens(ApplicationAccepted(form=form, place="市民中心", window="3", officer="李四"), by="jm-spj")
    case, entry = made.case, made.entries[0]
    assert (case.kind, case.state, case.subject, case.number, case.year) == ("connection", "open", CODE, 7, 2026)
    assert (case.city, case.district, case.parties, case.opened_by) == ("420800", "jm-dongbao", ("jm-spj", WATER), "jm-spj")
    assert (case.seq, case.version, case.head) == (1, 1, entry.hash)
    assert made.doubts == ()


def test_an_act_that_opens_no_case_is_refused_with_those_that_do() -> None:
    with pytest.raises(Malformed, match=r"these do: accountability\.proposed, application\.accepted"):
        Desk().opens(FeedbackGiven(to_customer_at=shanghai("2026-11-16 09:00")), by=WATER)


def test_an_application_out_of_scope_opens_a_refused_case_with_the_clause() -> None:
    made = Desk().opens(ApplicationAccepted(form=applying(kind="developer")), by="jm-spj")
    act = made.entries[0].act
    assert isinstance(act, ApplicationRefused)
    assert (made.case.state, act.refused_by, act.reason) == ("refused", "jm-spj", "本方案适用于企业，不适用于房地产开发企业")
    assert act.clause.startswith("二：")


def test_what_came_through_a_portal_is_refused_by_the_coordination_office() -> None:
    made = Desk().opens(ApplicationAccepted(form=applying(kind="developer")), by="hb-portal")
    act = made.entries[0].act
    assert isinstance(act, ApplicationRefused)
    assert act.refused_by == "jm-spj"


def test_a_refusal_may_open_the_case_itself() -> None:
    act = ApplicationRefused(form=applying(kind="developer"), clause="二", reason="房地产开发企业", refused_by="jm-spj")
    assert Desk().opens(act, by="jm-spj").case.state == "refused"


def test_a_demand_out_of_scope_is_still_taken_since_it_is_no_application() -> None:
    act = DemandRegistered(occasion="other", form=applying(zone=None))
    assert Desk().opens(act, by="jm-zsj").case.state == "open"


def test_a_wrong_check_character_is_doubted_where_the_scheme_warns() -> None:
    made = Desk().opens(ApplicationAccepted(form=applying(GOOD[:-1] + "M", "1234")), by="jm-spj")
    assert [doubt.split("'")[1] for doubt in made.doubts[:2]] == [GOOD[:-1] + "M", "1234"]


def test_a_wrong_check_character_is_refused_where_the_scheme_refuses() -> None:
    plan = book("jingmen-2023").scheme
    strict = msgspec.structs.replace(plan, scope=msgspec.structs.replace(plan.scope, check_digits="refuse"))
    with pytest.raises(Malformed, match="GB 32100"):
        open_case(
            type(book("jingmen-2023"))(strict),
            ApplicationAccepted(form=applying(GOOD[:-1] + "M")),
            case_id=CASE,
            occurred_at=shanghai("2026-11-16 09:00"),
            recorded_at=shanghai("2026-11-16 09:00"),
            actor=Actor("jm-spj", "window", "a"),
            edition="e",
        )


def test_a_company_supplies_its_own_service_alone_and_in_its_own_district() -> None:
    for service, why in (("gas", "does not supply 'gas'"), ("tea", "is no service of jingmen-2023")):
        asked = msgspec.structs.replace(applying(), supplies=(Supply(service=service, utility=WATER),))
        with pytest.raises(Malformed, match=why):
            Desk().opens(ApplicationAccepted(form=asked), by="jm-spj")
    ours = book("jingmen-2023")
    rows = tuple(msgspec.structs.replace(p, districts=("jm-duodao",)) if p.code == WATER else p for p in ours.scheme.parties)
    elsewhere = type(ours)(msgspec.structs.replace(ours.scheme, parties=rows))
    with pytest.raises(Malformed, match="in jm-dongbao"):
        check_supplies(elsewhere, form(WATER), "jm-dongbao")


def test_a_party_that_does_not_exist_is_refused() -> None:
    act = EnquiryReceived(channel="窗口", receiver="jm-nobody", class_="general", reason="类", subject="进度")
    with pytest.raises(Malformed, match="is no party of jingmen-2023"):
        Desk().opens(act, by=WATER, role="utility")


@pytest.mark.parametrize("department", ["jm-gas", "jm-zjj"])
def test_a_utility_with_a_window_of_its_own_is_no_department_nor_is_an_inspector(department: str) -> None:
    act = CommitmentSigned(utility=WATER, department=department, year=2026, standard="一", document="d")
    with pytest.raises(Malformed, match="is no department"):
        Desk().opens(act, by=WATER)


def test_an_act_names_parties_at_any_depth() -> None:
    assert dict(named(opened((WATER, "jm-cgw")))) == {"utility": WATER, "department": "jm-cgw"}
    assert list(named(accepted(WATER))) == [("utility", WATER)]


def test_a_district_is_one_of_the_city() -> None:
    desk = Desk()
    main = ApplicationAccepted(form=applying(zone="zhuchengqu"))
    assert desk.opens(main, by="jm-spj", district="jm-duodao").case.district == "jm-duodao"
    with pytest.raises(Malformed, match="is no district of 荆门市"):
        Desk().opens(main, by="jm-spj", district="jm-shayang")


def test_a_district_that_contradicts_the_zone_is_refused() -> None:
    assert Desk().opens(accepted(WATER), by="jm-spj", district="jm-dongbao").case.district == "jm-dongbao"
    with pytest.raises(Malformed, match="lies in jm-dongbao, and the case in jm-duodao"):
        Desk().opens(accepted(WATER), by="jm-spj", district="jm-duodao")


def test_cases_that_must_be_unique_say_what_they_are_about() -> None:
    signed = CommitmentSigned(utility=WATER, department="jm-cgw", year=2026, standard="一", document="d")
    assert subject_of(signed) == "jm-water|jm-cgw|2026"
    period = PeriodOpened(utility=WATER, district="jm-dongbao", year=2026, half=1)
    assert subject_of(period) == "jm-water|jm-dongbao|2026-1"
    assert subject_of(FeedbackGiven()) is None
    assert Desk().opens(period, by="jm-czj").case.district == "jm-dongbao"


def test_a_moment_ahead_is_refused() -> None:
    act = accepted(WATER)
    with pytest.raises(Malformed, match="ahead of our clock"):
        open_case(
            book("jingmen-2023"),
            act,
            case_id=CASE,
            occurred_at=shanghai("2026-11-16 09:00:01"),
            recorded_at=shanghai("2026-11-16 09:00"),
            actor=Actor("jm-spj", "window", "a"),
            edition="e",
        )


def test_a_reported_moment_ahead_is_refused_and_an_appointment_ahead_is_not() -> None:
    now = shanghai("2026-11-16 09:00")
    with pytest.raises(Malformed, match="to_customer_at"):
        settle(FeedbackGiven(to_customer_at=now + timedelta(seconds=1)), now)
    act = AppointmentAgreed(utility=WATER, appointed_for=now + timedelta(days=9), chosen_by="customer", confirmed=True)
    assert settle(act, now).appointed_for == act.appointed_for
    assert settle(accepted(WATER), now) == accepted(WATER)


def test_moments_are_whole_seconds_of_utc_between_2015_and_2044() -> None:
    odd = datetime(2026, 11, 16, 17, 0, 0, 999_999, timezone(timedelta(hours=8)))
    assert whole(odd) == datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
    for year in (2014, 2045):
        with pytest.raises(Malformed, match="2015 to 2044"):
            check_moment(datetime(year, 6, 1, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC), "occurredAt")
    with pytest.raises(Malformed, match="no moment that a calendar can hold"):
        whole(datetime.min.replace(tzinfo=timezone(timedelta(hours=8))))


def test_a_role_that_may_not_open_the_case_is_refused() -> None:
    with pytest.raises(NotAllowed, match="is recorded by"):
        Desk().opens(accepted(WATER), by="jm-zjj", role="inspector")
    with pytest.raises(NotAllowed, match="is not recorded by people"):
        Desk("daye-2023").opens(PeriodOpened(utility="dy-water", district="dy", year=2026, half=1), by="dy-cgj")


def test_a_utility_records_its_own_doings_alone() -> None:
    with pytest.raises(NotAllowed, match="for itself alone"):
        Desk().opens(CommitmentSigned(utility=WATER, department="jm-cgw", year=2026, standard="一", document="d"), by="jm-gas")


def test_every_act_is_read_back_as_it_was_written() -> None:
    for act in (accepted(WATER), opened((WATER, "jm-cgw")), FeedbackGiven(to_customer_at=shanghai("2026-11-16 09:00"))):
        assert decode_act(encode_act(act)) == act
        assert KINDS[tag_of(act)] is type(act)
    with pytest.raises(msgspec.ValidationError):
        decode_act('{"act":"case.closed","outcome":"好","extra":1}')


def test_the_chain_changes_with_every_field_and_can_be_of_either_digest() -> None:
    entry = Story("jingmen-2023").at("2026-11-16 09:00").does(accepted(WATER), by="jm-spj")
    later = msgspec.structs.replace(entry, recorded_at=entry.recorded_at + timedelta(seconds=1))
    assert chain_hash(b"", entry) != chain_hash(b"", later)
    assert chain_hash(b"", entry) != chain_hash(b"0", entry)
    assert hasher("sm3")(b"abc").hexdigest().startswith("66c7f0f4")  # GB/T 32905, example 1
    assert len(chain_hash(b"", entry, hasher("sm3"))) == 32


def test_a_case_kind_that_the_act_does_not_belong_to_is_refused() -> None:
    desk = Desk()
    desk.opens(accepted(WATER), by="jm-spj")
    with pytest.raises(OutOfOrder, match="belongs to settlement cases"):
        desk.records(PeriodOpened(utility=WATER, district="jm-dongbao", year=2026, half=1, due_on=date(2026, 11, 30)), by="jm-czj")
