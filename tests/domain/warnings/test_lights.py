"""A light turns red by the overrun or by repetition, once, and the ledger tells it."""

from datetime import timedelta
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.acts.enforcement.audit import FindingLapsed, FindingOpened, LightTurned
from domain.finding import Finding
from domain.ledger import AUDITOR
from domain.warnings.lights import Due, Series, series_of, turning
from tests.domain.stories import Story, approval, said, shanghai

NOW = shanghai("2026-11-19 18:02")


def missed() -> tuple[Story, Finding]:
    """One working day is the overrun that turns it: past 20 November 18:00."""
    story = approval()
    return story, next(one for one in story.swept("2026-11-19 18:02") if one.rule == "joint-approval")


def before(finding: Finding, count: int) -> dict[Series, list[Due]]:
    earlier = [(finding.due_at - timedelta(days=number), finding.finding_id) for number in range(1, count + 1)]
    return {series_of("420800", finding): earlier}


@pytest.mark.parametrize(("earlier", "because"), [(0, None), (1, None), (2, "repeated"), (5, "repeated")])
def test_the_third_of_a_year_is_red_from_the_start(earlier: int, because: str | None) -> None:
    _, found = missed()
    turned = turning([("420800", found, 3)], before(found, earlier), NOW)
    assert turned.get(found.finding_id) == because


def test_a_plan_that_names_no_number_turns_nothing_by_repetition() -> None:
    _, found = missed()
    assert turning([("420800", found, None)], before(found, 9), NOW) == {}


def test_what_was_found_a_working_day_late_is_red_by_its_overrun() -> None:
    _, found = missed()
    assert turning([("420800", found, 3)], before(found, 5), shanghai("2026-11-20 18:00:01")) == {found.finding_id: "overrun"}


def test_findings_opened_together_count_for_each_other_in_the_order_they_fell_due() -> None:
    _, found = missed()
    several = [replace(found, finding_id=UUID(int=number), due_at=found.due_at + timedelta(minutes=number)) for number in (4, 2, 1, 3)]
    turned = turning([("420800", one, 3) for one in several], {}, NOW)
    assert {one.int: because for one, because in turned.items()} == {3: "repeated", 4: "repeated"}


@pytest.mark.parametrize(("due", "year"), [("2026-12-31 23:59:59", 2026), ("2027-01-01 00:00", 2027)])
def test_a_finding_is_of_the_year_in_which_it_fell_due_in_shanghai(due: str, year: int) -> None:
    _, found = missed()
    at = replace(found, due_at=shanghai(due))
    series = series_of("420800", at)
    assert series == ("420800", "jm-cgw", "joint-approval", year)
    assert (said(series.since), said(series.until)) == (f"{year}-01-01 00:00", f"{year + 1}-01-01 00:00")


def test_the_ledger_tells_a_findings_light() -> None:
    story, found = missed()
    assert found.light == "yellow"
    at = shanghai("2026-11-20 18:01")
    story.write(LightTurned(finding_id=found.finding_id, party="jm-cgw", because="overrun"), at, at, AUDITOR)
    assert story.judged().findings[0].light == "red"


def test_a_finding_that_lapsed_and_is_opened_again_is_yellow_again() -> None:
    story, found = missed()
    at = shanghai("2026-11-20 18:01")
    opened = story.written(FindingOpened)[0]
    story.write(LightTurned(finding_id=found.finding_id, party="jm-cgw", because="overrun"), at, at, AUDITOR)
    story.write(FindingLapsed(finding_id=found.finding_id, because_seq=1), at, at, AUDITOR)
    assert story.judged().findings[0].light == "red"
    story.write(opened, at, at, AUDITOR)
    assert story.judged().findings[0].light == "yellow"
