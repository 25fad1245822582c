"""Entries of credit files once decided: shown in their window, used by departments, repaired, expired, withdrawn, closed."""

from datetime import date

import pytest
from msgspec.structs import replace

from domain.acts.enforcement.audit import GroundFell
from domain.acts.enforcement.credit import (
    CreditExpired,
    CreditRepaired,
    CreditWithdrawn,
    MeasureEnded,
)
from domain.acts.service import CaseClosed
from domain.credit.checks import months_after
from domain.credit.expiring import expiry_of
from domain.credit.sharing import told_by
from domain.ledger import AUDITOR
from domain.refusals import AlreadyDone, Malformed, NotAllowed, OutOfOrder
from tests.domain.accountability.records import (
    ELSEWHERE,
    ITEM,
    LATE,
    SOMEBODY,
    WATER,
    File,
    decision,
    entered,
    falsified,
    shown,
)
from tests.domain.credit.credit_file import entering, proposed, ready, refused, says, stands
from tests.domain.stories import shanghai

# ───────────── published, repaired, expired, withdrawn ─────────────


@pytest.mark.parametrize(
    ("grade", "first", "last"),
    [
        ("minor", date(2026, 6, 5), date(2026, 9, 5)),
        ("general", date(2026, 9, 5), date(2027, 6, 5)),
        ("serious", date(2027, 6, 5), date(2029, 6, 5)),
    ],
)
def test_a_grade_has_its_window(grade: str, first: date, last: date) -> None:
    item = replace(ITEM, grade=grade)
    for until, fits in [(first.replace(day=4), False), (first, True), (last, True), (last.replace(day=6), False)]:
        file = entered(File(), falsified(item=item))
        if fits:
            says(file, shown(until), at="2026-06-05 11:00")
            assert stands(file, on=until).state == "shown"
        else:
            refused(Malformed, f"from {first} to {last}", file, shown(until), at="2026-06-05 11:00")


@pytest.mark.parametrize(
    ("on", "months", "last"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 10, 15), 3, date(2027, 1, 15)),
        (date(2026, 12, 1), 0, date(2026, 12, 1)),
    ],
)
def test_months_end_on_the_same_day_or_the_months_last(on: date, months: int, last: date) -> None:
    assert months_after(on, months) == last


def test_an_entry_is_shown_from_the_day_it_is_shown_as_its_item_allows_and_once() -> None:
    file = entered(File(), falsified(item=replace(ITEM, shared=False)))
    refused(NotAllowed, "does not allow an entry to be shared", file, shown(how="shared"), at="2026-06-05 11:00")
    refused(Malformed, "the entry was decided on 2026-06-05", file, shown(on=date(2026, 6, 4)), at="2026-06-05 11:00")
    refused(Malformed, "today is 2026-06-05", file, shown(on=date(2026, 6, 6)), at="2026-06-05 11:00")
    says(file, shown(), at="2026-06-05 11:00")
    refused(AlreadyDone, "recorded once", file, shown(), at="2026-06-05 12:00")


def test_a_person_is_never_published_and_shared_where_the_item_says_so() -> None:
    file = entered(File(), falsified(SOMEBODY))
    refused(NotAllowed, "never published", file, shown(), at="2026-06-05 11:00")
    says(file, shown(how="shared"), at="2026-06-05 11:00")
    assert stands(file).state == "shown"
    unshared = entered(File(), falsified(SOMEBODY, item=replace(ITEM, shared=False)))
    refused(NotAllowed, "does not allow", unshared, shown(how="shared"), at="2026-06-05 11:00")


def public() -> File:
    file = entered(File())
    says(file, shown(), at="2026-06-05 11:00")
    return file


def repair(on: date = date(2026, 7, 1)) -> CreditRepaired:
    return CreditRepaired(by="jm-spj", on=on, reason="已整改并作出信用承诺")


def test_a_repaired_entry_is_neither_shown_nor_used_from_its_day_on() -> None:
    file = public()
    says(file, entering("jm-cgw"), by="jm-cgw", role="department", at="2026-06-08 10:00")
    assert len(stands(file).measures_on(date(2026, 6, 8))) == 1
    refused(Malformed, "today is 2026-07-01", file, repair(date(2026, 7, 2)), role="supervisor", at="2026-07-01 10:00")
    refused(NotAllowed, "recorded by supervisor", file, repair(), at="2026-07-01 10:00")
    says(file, repair(), role="supervisor", at="2026-07-01 10:00")
    credit = stands(file, on=date(2026, 7, 1))
    assert (credit.state, credit.ended, credit.measures_on(date(2026, 7, 1))) == ("repaired", (date(2026, 7, 1), "repaired"), ())
    refused(AlreadyDone, "recorded once", file, repair(), role="supervisor", at="2026-07-01 11:00")
    refused(OutOfOrder, "'repaired'", file, entering("jm-cgw"), by="jm-cgw", role="department", at="2026-07-01 11:00")


def test_an_entry_expires_after_its_last_day_and_the_auditor_says_so_once() -> None:
    file = public()
    assert expiry_of(file.story.entries, date(2026, 9, 5)) is None
    assert stands(file, on=date(2026, 9, 6)).state == "expired"
    expired = expiry_of(file.story.entries, date(2026, 9, 9))
    assert expired == CreditExpired(on=date(2026, 9, 6))
    file.story.write(expired, shanghai("2026-09-06 00:01"), shanghai("2026-09-06 00:01"), AUDITOR)
    assert expiry_of(file.story.entries, date(2026, 9, 9)) is None
    assert stands(file, on=date(2026, 9, 9)).ended == (date(2026, 9, 6), "expired")
    refused(OutOfOrder, "'expired'", file, repair(date(2026, 9, 9)), role="supervisor", at="2026-09-09 10:00")


def test_an_entry_that_ended_otherwise_does_not_expire() -> None:
    file = public()
    says(file, repair(), role="supervisor", at="2026-07-01 10:00")
    assert expiry_of(file.story.entries, date(2026, 12, 1)) is None
    assert expiry_of(entered(File()).story.entries, date(2028, 12, 1)) is None


def test_what_it_rested_on_has_fallen_and_it_is_withdrawn_even_after_its_repair() -> None:
    file = public()
    says(file, repair(), role="supervisor", at="2026-07-01 10:00")
    fell = GroundFell(finding_id=LATE, case_id=ELSEWHERE, left=0)
    file.story.write(fell, shanghai("2026-07-02 09:00"), shanghai("2026-07-02 09:00"), AUDITOR)
    gone, at = CreditWithdrawn(by="jm-spj", reason="决定书被撤销"), "2026-07-02 10:00"
    refused(NotAllowed, "two pairs of eyes", file, gone, role="supervisor", at=at, account="decider")
    says(file, gone, role="supervisor", at=at, account="another")
    credit = stands(file)
    assert (credit.state, credit.ended, credit.fallen) == ("withdrawn", (date(2026, 7, 2), "withdrawn"), frozenset({LATE}))


def test_the_platform_is_told_what_is_shown_and_to_delete_what_has_ended() -> None:
    file = public()
    published = file.story.entries[-1].act
    assert told_by(stands(file), published) == "put"
    assert told_by(stands(file, on=date(2026, 9, 6)), published) is None, "nobody is told anew of what has ended"
    assert told_by(stands(file), repair()) == "delete"
    assert stands(file).ended is None


# ───────────── joint measures ─────────────


def test_a_measure_is_entered_by_a_department_in_its_own_name_under_an_entry_in_use() -> None:
    file = entered(File())
    refused(NotAllowed, "recorded by department", file, entering("jm-spj"), at="2026-06-08 10:00")
    refused(NotAllowed, "for itself alone", file, entering("jm-zgj"), by="jm-cgw", role="department", at="2026-06-08 10:00")
    refused(
        Malformed,
        "begins on 2026-06-05",
        file,
        entering("jm-cgw", on=date(2026, 6, 4)),
        by="jm-cgw",
        role="department",
        at="2026-06-08 10:00",
    )
    over = entering("jm-cgw", until=date(2026, 6, 7))
    refused(Malformed, "2026-06-07", file, over, by="jm-cgw", role="department", at="2026-06-08 10:00")
    says(file, entering("jm-cgw", until=date(2026, 6, 30)), by="jm-cgw", role="department", at="2026-06-08 10:00")
    credit = stands(file)
    held = [bool(credit.measures_on(date(2026, 6, day))) for day in (7, 8, 30)]
    assert (held, credit.measures_on(date(2026, 7, 1))) == ([False, True, True], ())
    refused(OutOfOrder, "credit.decided", proposed(), entering("jm-cgw"), by="jm-cgw", role="department", at="2026-06-08 10:00")


def test_the_same_measure_stands_once_at_a_time() -> None:
    file = public()
    says(file, entering("jm-cgw", until=date(2026, 6, 30)), by="jm-cgw", role="department", at="2026-06-08 10:00")
    again = entering("jm-cgw", on=date(2026, 6, 30))
    refused(AlreadyDone, "it still holds", file, again, by="jm-cgw", role="department", at="2026-06-09 10:00")
    says(file, entering("jm-zgj"), by="jm-zgj", role="department", at="2026-06-09 10:00")
    says(file, replace(again, number="3"), by="jm-cgw", role="department", at="2026-06-09 10:00")
    says(file, replace(again, on=date(2026, 7, 1)), by="jm-cgw", role="department", at="2026-06-09 10:00")
    assert len(stands(file).measures) == 4


def test_whoever_entered_a_measure_ends_it_once() -> None:
    file = entered(File())
    says(file, entering("jm-cgw"), by="jm-cgw", role="department", at="2026-06-08 10:00")
    seq = len(file.story.entries)
    ended = MeasureEnded(department="jm-cgw", entered_seq=seq, on=date(2026, 6, 10))
    strange = replace(ended, department="jm-zgj")
    says(file, entering("jm-zgj"), by="jm-zgj", role="department", at="2026-06-09 10:00")
    refused(NotAllowed, "no measure of jm-zgj", file, strange, by="jm-zgj", role="department", at="2026-06-10 10:00")
    refused(NotAllowed, "no measure", file, replace(ended, entered_seq=1), by="jm-cgw", role="department", at="2026-06-10 10:00")
    refused(
        Malformed, "began on 2026-06-08", file, replace(ended, on=date(2026, 6, 7)), by="jm-cgw", role="department", at="2026-06-10 10:00"
    )
    says(file, ended, by="jm-cgw", role="department", at="2026-06-10 10:00")
    assert [len(stands(file).measures_on(date(2026, 6, day))) for day in (9, 10)] == [2, 1]
    refused(AlreadyDone, "ended on 2026-06-10", file, ended, by="jm-cgw", role="department", at="2026-06-11 10:00")


# ───────────── closing ─────────────


def test_a_record_is_closed_once_it_is_over_and_not_by_its_subject() -> None:
    file = ready(falsified(WATER, party="jm-water"))
    refused(NotAllowed, "somebody else closes it", file, CaseClosed(), by="jm-water", role="utility", at="2026-06-05 10:00")
    refused(OutOfOrder, "closed once it is over", file, CaseClosed(), at="2026-06-05 10:00")
    says(file, decision(outcome="refused"), role="supervisor", at="2026-06-05 10:00", account="decider")
    says(file, CaseClosed(), at="2026-06-05 11:00")
    assert file.case is not None
    assert file.case.state == "closed"
