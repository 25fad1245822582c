"""What off-site works cost and how it is settled: half-years by district and utility, the city's share at year-end; money in 分."""

from datetime import date
from typing import Literal

from domain.acts.enforcement.supervision import Year
from domain.acts.field import Acted, Code, Fen, Text
from domain.acts.kinds import ALL, FIRST, FOLLOWING, PARTIES, kind, read_by
from domain.acts.parts import Documents


@kind(
    "工程费用",
    ALL,
    read_by(ALL, "utility", "amount", "text", "documents"),
    checked=FOLLOWING,
    feeds=frozenset({"works_cost"}),
    needs=("settlements",),
)
class WorksCosted(Acted, tag="works.costed", kw_only=True):
    """工程费用 of a case's off-site works, as its utility states it; a later statement of the same utility replaces it."""

    utility: Code
    amount: Fen
    text: Text | None = None
    documents: Documents = ()


@kind("结算付款", ALL, read_by(ALL, "district", "utility", "amount", "paid_on", "reference"), checked=FOLLOWING, needs=("settlements",))
class StatementSettled(Acted, tag="statement.settled", kw_only=True):
    """结算: the district has paid the utility the whole."""

    district: Code
    utility: Code
    amount: Fen
    paid_on: date
    reference: Text
    """The number of the payment."""


@kind("开立年终结算", ALL, read_by(ALL, "district", "year"), opens="settlement", checked=FIRST, needs=("settlements",))
class YearEndOpened(Acted, tag="yearend.opened", kw_only=True):
    """年终体制结算 between the city and one district for a year."""

    district: Code
    year: Year


@kind(
    "年终结算",
    ALL,
    read_by(ALL, "district", "year", "settled", "amount", "paid_on", "reference"),
    checked=FOLLOWING,
    needs=("settlements",),
)
class YearEndSettled(Acted, tag="yearend.settled", kw_only=True):
    """The city has paid its share of what the district settled in the year."""

    district: Code
    year: Year
    settled: Fen
    """What the district settled with all utilities in both halves."""
    amount: Fen
    """The city's share of it."""
    paid_on: date
    reference: Text


@kind("结算封存", PARTIES, read_by(PARTIES, "kind", "digest"), written_by="auditor")
class PeriodSealed(Acted, tag="period.sealed", kw_only=True):
    """The auditor keeps the digest of the settled sheet; whatever is printed later has to give the same."""

    kind: Literal["half-year", "year-end"]
    digest: Text


__all__ = [name for name, value in list(globals().items()) if isinstance(value, type) and issubclass(value, Acted)]
