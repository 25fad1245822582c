"""What is personal is known by field, sealed before it is written and masked before it is shown; who may see it whole is few."""

from collections.abc import Iterator
from typing import Any, get_args, get_origin

import msgspec
import pytest

from domain.acts import KINDS, Acted
from domain.acts.connection import ApplicationAccepted, ApplicationRefused, DemandRegistered
from domain.acts.fact import RemarkMade
from domain.acts.parts import Applicant, ApplicantKind, Form, Person, Supply
from domain.acts.service import ComplaintAccepted, ComplaintReceived, EnquiryReceived
from domain.case import Case
from domain.cases.appending import sealed_anew
from domain.ledger import SHA256, Actor, Entry, chain_hash
from domain.people.fields import PERSONAL
from domain.people.masks import mask_id_number, mask_name, mask_phone, mask_place
from domain.people.particulars import ERASED, UNREADABLE, masked, may_hold, particulars, replaced, sealing
from domain.people.readers import check_may_erase, check_may_read, handler_of, held_in
from domain.recording.recording import record
from domain.refusals import Malformed, NotAllowed, NotFound, OutOfOrder
from domain.schemes.rulebook import compile_scheme
from tests.domain.accountability.records import SOMEBODY, falsified
from tests.domain.desk import Desk
from tests.domain.stories import CASE, shanghai

SUPPLIES = (Supply(service="water", utility="jm-water"),)
ENTERPRISE = Applicant(
    name="荆门某某制造有限公司", legal_representative="张三", id_number="42080019491231002X", contact="李小四", phone="13812341234"
)


def application(applicant: Applicant = ENTERPRISE, **changes: str) -> ApplicationAccepted:
    form = Form(applicant=applicant, supplies=SUPPLIES, address="白云大道62号", zone="zhuchengqu")
    return ApplicationAccepted(form=msgspec.structs.replace(form, **changes), place="市民中心", window="3", officer="李四")


def complaint(reporter: Person | None = None) -> ComplaintReceived:
    return ComplaintReceived(
        form="complaint",
        channel="12345",
        about="jm-water",
        business_environment=False,
        class_="general",
        subject="通水进度",
        reporter=reporter,
    )


def enquiry(customer: Person | None) -> EnquiryReceived:
    return EnquiryReceived(channel="12345", receiver="jm-spj", class_="general", reason="一般事项", subject="通水进度", customer=customer)


def reversed_seal(name: str, text: str) -> str:
    return f"sealed:{name}:{text[::-1]}"


def reversed_back(name: str, text: str) -> str:
    return text.removeprefix(f"sealed:{name}:")[::-1]


# ───────────── masks ─────────────


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("13812341234", "138****1234"),
        ("+86 13812341234", "138****1234"),
        ("138-1234-1234", "138****1234"),
        ("0724-1234512", "0724-*****12"),
        ("07241234512", "0724-*****12"),
        ("010-12345678", "010-*****78"),
        ("4008001234", "********34"),
        ("110", "***"),
    ],
)
def test_of_a_phone_enough_is_left_to_know_it_again(number: str, shown: str) -> None:
    assert mask_phone(number) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("42080019491231002X", "420***********002X"),
        ("420800194912310021", "420***********0021"),
        ("E12345678", "*******78"),
        ("1234", "****"),
    ],
)
def test_of_an_id_number_region_and_end_are_left(number: str, shown: str) -> None:
    assert mask_id_number(number) == shown


@pytest.mark.parametrize(("name", "shown"), [("张", "*"), ("张三", "张*"), ("张三丰", "张**"), ("欧阳某某某", "欧**")])
def test_of_a_name_the_first_character_is_left(name: str, shown: str) -> None:
    assert mask_name(name) == shown


@pytest.mark.parametrize(("place", "shown"), [("某某小区1栋2单元301", "某某小区1栋***"), ("301室", "30***"), ("1", "***")])
def test_of_a_home_it_is_left_where_about_it_is(place: str, shown: str) -> None:
    assert mask_place(place) == shown


# ───────────── which fields ─────────────


def paths(kind: Any, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:  # noqa: ANN401 -- any annotation
    """Walk an act's fields for texts that have the length of sealed ones."""
    for field in msgspec.structs.fields(kind):
        for one in (field.type, *get_args(field.type)):
            if any(getattr(meta, "max_length", 0) == 1_700 for meta in getattr(one, "__metadata__", ())):
                yield (*before, field.name)
            elif isinstance(one, type) and issubclass(one, msgspec.Struct) and get_origin(one) is None:
                yield from paths(one, (*before, field.name))


@pytest.mark.parametrize("tag", sorted(KINDS))
def test_every_field_that_may_be_sealed_is_in_the_table_and_no_other(tag: str) -> None:
    kind = KINDS[tag]
    assert sorted(paths(kind)) == sorted(field.path for field in PERSONAL.get(kind, ()))


def test_of_a_firm_those_who_speak_for_it_are_persons() -> None:
    assert {field.name: value for field, value in particulars(application())} == {
        "form.applicant.legalRepresentative": "张三",
        "form.applicant.idNumber": "42080019491231002X",
        "form.applicant.contact": "李小四",
        "form.applicant.phone": "13812341234",
    }


@pytest.mark.parametrize(
    ("kind", "code", "personal"),
    [
        ("resident", None, True),
        ("resident", "91350100M000100Y43", True),
        ("other-non-resident", None, True),
        ("other-non-resident", "91350100M000100Y43", False),
        ("enterprise", None, False),
        ("developer", None, False),
    ],
)
def test_who_applies_without_being_a_firm_is_a_person_with_a_home(kind: ApplicantKind, code: str | None, *, personal: bool) -> None:
    somebody = Applicant(name="孙某某", kind=kind, credit_code=code)
    found = {field.name for field, _ in particulars(application(somebody, house_number="1栋", connection_place="楼前"))}
    homes = {"form.applicant.name", "form.address", "form.houseNumber", "form.connectionPlace"}
    assert found == (homes if personal else set())


def test_who_asks_and_who_complains_are_persons() -> None:
    person = Person(name="王某", phone="13900000000")
    assert [value for _, value in particulars(enquiry(person))] == ["王某", "13900000000"]
    assert [value for _, value in particulars(complaint(person))] == ["王某", "13900000000"]
    assert particulars(enquiry(None)) == []
    assert particulars(RemarkMade(text="王某 13900000000")) == []


def test_of_a_credit_record_its_subject_is_a_person_or_nobodys_secret() -> None:
    assert [value for _, value in particulars(falsified(SOMEBODY))] == ["张三", "11010519491231002X"]
    assert particulars(falsified()) == []


def test_most_kinds_of_acts_have_no_room_for_persons() -> None:
    assert {tag for tag, kind in KINDS.items() if kind in PERSONAL} == {
        "demand.registered", "application.accepted", "application.refused", "enquiry.received", "complaint.received",
        "credit.proposed", "accountability.proposed",
    }  # fmt: skip
    assert may_hold(application())
    assert not may_hold(RemarkMade(text="x"))


# ───────────── sealed and masked ─────────────


def test_an_act_is_sealed_field_by_field_and_comes_back_whole() -> None:
    given = application()
    kept = sealing(reversed_seal)(given)
    assert isinstance(kept, ApplicationAccepted)
    assert kept.form.applicant.phone == "sealed:form.applicant.phone:43214321831"
    assert (kept.form.applicant.name, kept.form.address) == ("荆门某某制造有限公司", "白云大道62号")
    assert replaced(kept, lambda field, text: reversed_back(field.name, text)) == given


def test_what_is_shown_is_masked_and_what_is_gone_is_said() -> None:
    kept = sealing(reversed_seal)(application())
    shown = masked(kept, reversed_back)
    assert isinstance(shown, ApplicationAccepted)
    applicant = shown.form.applicant
    assert (applicant.legal_representative, applicant.contact, applicant.phone) == ("张*", "李**", "138****1234")
    assert applicant.id_number == "420***********002X"
    for word in (ERASED, UNREADABLE):
        gone = masked(kept, lambda _name, _text, word=word: word)  # type: ignore[misc]  # a default binds the loop's word
        assert isinstance(gone, ApplicationAccepted)
        assert {gone.form.applicant.contact, gone.form.applicant.phone} == {word}


def test_an_act_without_persons_is_kept_as_it_is() -> None:
    remark = RemarkMade(text="x")
    assert sealing(reversed_seal)(remark) is remark


@pytest.mark.parametrize(
    ("act", "field"),
    [
        (application(Applicant(name="sealed:x")), "form.applicant.name"),
        (application(Applicant(name="甲", phone="sealed:1:AAAA")), "form.applicant.phone"),
        (application(Applicant(name="甲" * 201)), "form.applicant.name"),
        (application(address="路" * 301), "form.address"),
        (enquiry(Person(name="sealed:1:AAAA")), "customer.name"),
    ],
)
def test_what_looks_sealed_or_is_too_long_is_refused(act: Acted, field: str) -> None:
    with pytest.raises(Malformed) as refused:
        sealing(reversed_seal)(act)
    assert refused.value.extra["field"] == field


def test_what_is_checked_is_plain_and_what_is_kept_is_sealed() -> None:
    """A refusal for its scope keeps the person sealed as well, under the same names."""
    desk = Desk()
    opened = desk.opens(application(Applicant(name="孙某某", kind="resident", phone="13812341234")), "jm-spj")
    assert isinstance(opened.entries[0].act, ApplicationRefused)
    assert desk.case is not None
    book, offices = desk.story.book, desk.story.offices
    written = record(
        book, msgspec.structs.replace(desk.case, state="open"), (), application(), occurred_at=shanghai("2026-11-16 10:00"),
        recorded_at=shanghai("2026-11-16 10:00"), actor=Actor("jm-spj", "window", "a"), offices=offices, seal=sealing(reversed_seal),
    )  # fmt: skip
    assert '"phone":"sealed:form.applicant.phone:43214321831"' in written.entries[0].body
    assert "13812341234" not in written.entries[0].body


def test_a_whole_case_is_chained_anew_with_its_persons_sealed() -> None:
    desk = Desk()
    first = desk.opens(application(), "jm-spj").entries
    entries = [*first, *desk.records(RemarkMade(text="x"), "jm-spj").entries]
    assert desk.case is not None
    case, sealed = sealed_anew(desk.case, entries, sealing(reversed_seal), SHA256)
    assert "13812341234" not in sealed[0].body
    assert sealed[1].body == entries[1].body
    head = b""
    for entry in sealed:
        head = chain_hash(head, entry)
        assert entry.hash == head
    assert case.head == head


# ───────────── who may ─────────────


def ledger_of(*acts: Acted) -> list[Entry]:
    at = shanghai("2026-11-16 09:00")
    return [Entry(CASE, seq, at, at, Actor("jm-spj", "window", "a"), "e", act, "") for seq, act in enumerate(acts, 1)]


def case_of(desk: Desk, **changes: object) -> Case:
    desk.opens(application(), "jm-spj")
    assert desk.case is not None
    return msgspec.structs.replace(desk.case, **changes)


def actor(party: str, role: str) -> Actor:
    return Actor(party, role, "a")


@pytest.mark.parametrize(
    ("party", "role"), [("jm-spj", "coordinator"), ("jm-spj", "window"), ("jm-water", "utility"), ("jm-cgw", "department")]
)
def test_those_who_have_to_reach_the_applicant_may(party: str, role: str) -> None:
    desk = Desk()
    check_may_read(desk.story.book, case_of(desk), (), actor(party, role))


@pytest.mark.parametrize("role", ["inspector", "supervisor", "registrar", "finance", "portal", "admin"])
def test_those_who_need_not_reach_the_applicant_may_not(role: str) -> None:
    desk = Desk()
    with pytest.raises(NotAllowed, match=r"coordinator, window, utility, department"):
        check_may_read(desk.story.book, case_of(desk), (), actor("jm-fgw", role))


def test_who_complained_is_shown_to_the_body_that_handles_it_alone() -> None:
    desk = Desk()
    case, received = case_of(desk, kind="complaint"), complaint(Person(name="王某"))
    first = ledger_of(received, ComplaintAccepted(body="jm-fgw"))
    both = ledger_of(received, ComplaintAccepted(body="jm-fgw"), ComplaintAccepted(body="jm-zjj"))
    assert (handler_of(ledger_of(received)), handler_of(first), handler_of(both)) == (None, "jm-fgw", "jm-zjj")
    check_may_read(desk.story.book, case, first, actor("jm-fgw", "inspector"))
    for ledger in (ledger_of(received), both):
        with pytest.raises(NotAllowed, match="nobody else"):
            check_may_read(desk.story.book, case, ledger, actor("jm-fgw", "inspector"))


def test_a_plan_that_names_nobody_shows_nobody_whole() -> None:
    desk = Desk()
    scheme = msgspec.structs.replace(desk.story.book.scheme, personal_data=None)
    book = compile_scheme(scheme)
    with pytest.raises(NotAllowed, match="nobody"):
        check_may_read(book, case_of(desk), (), actor("jm-spj", "coordinator"))
    with pytest.raises(NotAllowed, match="nobody"):
        check_may_erase(book, case_of(desk), actor("jm-spj", "coordinator"))


def test_only_the_office_erases_and_not_while_the_case_is_open() -> None:
    desk = Desk()
    case, book = case_of(desk), desk.story.book
    with pytest.raises(OutOfOrder, match="open"):
        check_may_erase(book, case, actor("jm-spj", "coordinator"))
    for state in ("closed", "refused", "withdrawn"):
        over = msgspec.structs.replace(case, state=state)
        check_may_erase(book, over, actor("jm-spj", "coordinator"))
        with pytest.raises(NotAllowed):
            check_may_erase(book, over, actor("jm-water", "utility"))


def test_particulars_are_found_by_name_in_every_entry_that_holds_them() -> None:
    demand = DemandRegistered(occasion="investment-agreement", form=application().form)
    ledger = ledger_of(demand, RemarkMade(text="x"), application())
    phones = held_in(ledger, ["form.applicant.phone"])
    assert [(entry.seq, text) for entry, _, text in phones] == [(1, "13812341234"), (3, "13812341234")]
    assert len(held_in(ledger)) == 8
    with pytest.raises(Malformed, match=r"customer\.phone"):
        held_in(ledger, ["customer.phone"])
    with pytest.raises(NotFound):
        held_in(ledger_of(RemarkMade(text="x")))
