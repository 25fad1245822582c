"""What a finding and a warning both say, on a page, in a list and in a sheet: which limit of which rule, and whose; reads no table."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from casework.findings.titles import STAGES
from casework.shown import Shown
from domain.clock import Clock
from domain.finding import Finding
from domain.schemes.rulebook import Rulebook
from exports.spreadsheets.columns import Column
from storage.findings.findings import FindingRow
from storage.findings.warnings import WarnedClock


class LimitFields(Shown, frozen=True):
    """A limit that is missed or near: the rule with its clause, whose it is, since when."""

    finding_id: Annotated[UUID | None, Column("违规编号")]
    """Once it is missed."""
    case_id: Annotated[UUID, Column("办件编号")]
    rule: Annotated[str, Column("规则")]
    title: Annotated[str, Column("规则名称")]
    clause: Annotated[str, Column("条款")]
    quote: Annotated[str, Column("方案原文")]
    carries_out: Annotated[tuple[str, ...], Column("义务")]
    keys: Annotated[dict[str, str], Column("涉及单位")]
    """The rule's `per` with their values."""
    party: Annotated[str, Column("责任单位代码")]
    party_name: Annotated[str, Column("责任单位")]
    city: Annotated[str, Column("城市")]
    district: Annotated[str | None, Column("辖区")]
    scheme: Annotated[str, Column("方案")]
    stage: Annotated[str, Column("环节", STAGES)]
    started_at: Annotated[datetime, Column("起算时间")]
    due_at: Annotated[datetime, Column("到期时间")]


def limit_fields(book: Rulebook, row: FindingRow | WarnedClock, of: Finding | Clock) -> dict[str, Any]:
    """Say what the rule and its row say of a finding, or of a clock that runs."""
    rule = book.rules[of.rule]
    return {
        "rule": of.rule,
        "title": rule.title,
        "clause": rule.cites[0].clause,
        "quote": rule.cites[0].quote,
        "carries_out": rule.carries_out,
        "keys": rule.named(of.keys),
        "party": of.party,
        "party_name": book.name_of(of.party),
        "city": row.city,
        "district": row.district,
        "scheme": row.scheme,
    }
