"""Who reads what of an entry by its kind's row alone: the parts of a complaint, of an application, of what the auditor writes."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from msgspec import field
from msgspec.structs import replace

from domain.access.audience import Audience, office_of
from domain.access.visibility import asks_ledger, check_ruled, is_closed_report, reads_kind, standing_in, visible, withheld
from domain.acts import ROWS, Acted
from domain.acts.connection import ServiceConnected, SurveyHeld
from domain.acts.enforcement.audit import SuspicionRaised, WarningRaised
from domain.acts.enforcement.process import StopStruckOut
from domain.acts.fact import DocumentAttached
from domain.acts.parts import Person, Stretch, Surveyed
from domain.acts.service import ComplaintAccepted, ComplaintReceived
from domain.acts.stop import ClockStopped
from domain.ledger import AUDITOR, Actor, Entry, body_of
from domain.people.withholding import as_fed, without

AT = datetime(2026, 6, 3, 2, 0, tzinfo=UTC)
CASE = uuid4()
OFFICE = Audience("420800", "jm-spj", "city")
WATER, GAS = (Audience("420800", party, "own") for party in ("jm-water", "jm-gas"))
PORTAL = Audience("420800", "hb-portal", "portal")


def complained(reporter: Person | None) -> ComplaintReceived:
    return ComplaintReceived(
        form="complaint", channel="12345", about="jm-water", business_environment=False, class_="general", subject="停水", reporter=reporter
    )


def ledger(*said: tuple[Actor, Acted]) -> list[Entry]:
    return [Entry(CASE, seq, AT, AT, actor, "e", act, body_of(act)) for seq, (actor, act) in enumerate(said, 1)]


def by(party: str, role: str = "utility") -> Actor:
    return Actor(party, role, "somebody")


def seen(who: Audience, entries: list[Entry]) -> list[int]:
    return [entry.seq for entry in visible(who, entries)]


def test_what_happened_is_read_by_all_and_what_the_auditor_suspects_by_the_offices() -> None:
    raised = SuspicionRaised(about="out-of-order", seqs=(1,), clause="四(一)1")
    entries = ledger((by("jm-water"), ServiceConnected(utility="jm-water")), (AUDITOR, raised))
    assert [seen(who, entries) for who in (OFFICE, office_of("420800"), WATER, GAS, PORTAL)] == [[1, 2], [1, 2], [1], [1], [1]]


def test_a_warning_is_read_by_whom_it_is_about() -> None:
    warned = WarningRaised(rule="half-day-connection", keys=("jm-water",), party="jm-water", started_seq=1, due_at=AT)
    entries = ledger((AUDITOR, warned))
    assert [seen(who, entries) for who in (OFFICE, WATER, GAS, PORTAL)] == [[1], [1], [], []]


def test_a_stop_that_was_struck_out_is_told_to_whoever_stopped_the_clock() -> None:
    stopped = ClockStopped(rule="half-day-connection", keys=("jm-water",), reason="art-45", basis="申请人书面要求")
    struck = StopStruckOut(stopped_seq=1, by="jm-spj", reason="无依据")
    entries = ledger((by("jm-water"), stopped), (by("jm-spj", "supervisor"), struck))
    assert [seen(who, entries) for who in (OFFICE, WATER, GAS, PORTAL)] == [[1, 2], [1, 2], [1], [1]]


def test_who_complained_is_read_by_the_body_that_handles_it_alone() -> None:
    """Not even by the coordination office: reprisal begins with a name."""
    received = (by("hb-portal", "portal"), complained(Person(name="张三")))
    entries = ledger(received, (by("jm-fgw", "supervisor"), ComplaintAccepted(body="jm-fgw")))
    handler = Audience("420800", "jm-fgw", "city")
    for who in (OFFICE, WATER, PORTAL, office_of("420800")):
        assert withheld(who, standing_in(who.party, entries), entries[0]) == {"reporter.name", "reporter.phone"}
    assert withheld(handler, standing_in("jm-fgw", entries), entries[0]) == frozenset()
    assert withheld(handler, standing_in("jm-fgw", ledger(received)), entries[0]) == {"reporter.name", "reporter.phone"}, "not yet"


def test_a_portal_hears_nothing_of_the_audit() -> None:
    told = {row.tag for row in ROWS.values() if "portals" in row.readers}
    audit = {"finding.opened", "finding.decided", "light.turned", "suspicion.raised", "warning.raised", "credit.proposed", "score.sealed"}
    assert told.isdisjoint(audit | {"personal_data.read", "accountability.proposed", "measure.entered", "stop.struck_out"})
    assert {"application.accepted", "service.connected", "remark.made", "fee.charged"} <= told


def test_what_hangs_on_the_rest_of_a_ledger_says_so() -> None:
    assert asks_ledger(StopStruckOut(stopped_seq=1, by="jm-spj", reason="无依据"))
    assert not asks_ledger(ServiceConnected(utility="jm-water"))


def test_a_portal_comes_to_the_cases_that_it_serves_alone() -> None:
    assert [reads_kind(PORTAL, kind) for kind in ("connection", "enquiry", "complaint", "credit", "supervision")] == [True] * 3 + [
        False
    ] * 2
    assert reads_kind(WATER, "credit")


def test_a_report_is_closed_to_whom_it_is_about_and_to_portals() -> None:
    """J-67: whoever reports has to fear nobody."""
    report, complaint = replace(complained(None), form="report"), complained(None)
    assert [is_closed_report(who, report) for who in (OFFICE, GAS, WATER, PORTAL)] == [False, False, True, True]
    assert not is_closed_report(WATER, complaint)
    assert not is_closed_report(WATER, ServiceConnected(utility="jm-water"))


def test_a_kind_for_whom_it_is_about_says_who_that_is() -> None:
    with pytest.raises(TypeError, match=r"warning\.raised"):
        check_ruled(ROWS, {act for act, row in ROWS.items() if row.tag != "warning.raised"})


def test_what_is_taken_out_is_as_if_it_had_not_been_given() -> None:
    act = complained(Person(name="张三", phone="1"))
    assert without(act, {"reporter.name", "reporter.phone"}) == complained(None)
    left = without(act, {"reporter.phone"})
    assert isinstance(left, ComplaintReceived)
    assert left.reporter == Person(name="张三")
    dashed = without(act, {"subject"})
    assert isinstance(dashed, ComplaintReceived)
    assert dashed.subject == "—", "it has to be there"
    assert as_fed(act) == without(act, {"reporter.name", "reporter.phone"})


def test_a_piece_of_a_list_loses_its_field_and_keeps_the_others() -> None:
    works = (Stretch(place="白云大道", utilities=("jm-water",), metres=40), Stretch(place="象山大道", utilities=("jm-gas",), metres=7))
    surveyed = (Surveyed(utility="jm-water", feasible=True),)
    act = SurveyHeld(called_by="jm-spj", participants=("jm-spj",), surveyed=surveyed, works=works)
    assert without(act, {"works.place"}) == replace(act, works=tuple(replace(one, place="—") for one in works))
    with pytest.raises(TypeError, match="participants"):
        without(act, {"participants"})


def test_of_a_file_the_feed_tells_its_ending() -> None:
    act = DocumentAttached(document_id=CASE, name="张三身份证.jpg", media_type="image/jpeg", size=1, sha256="0" * 64)
    assert as_fed(act) == replace(act, name="—.jpg")


def test_a_piece_that_is_missing_stays_so_and_a_list_of_ones_own_is_empty() -> None:
    class Listed(Acted, tag="things.listed", kw_only=True):
        """A kind that no plan knows."""

        things: list[str] = field(default_factory=list)
        who: Person | None = None

    act = Listed(things=["甲"])
    assert without(act, {"things", "who.name"}) == Listed()
