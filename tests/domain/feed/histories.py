"""Ledgers made up of acts that matter to who sees what: findings, documents, strike-outs, handlers, credit; no true story."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import strategies as st

from domain.access.audience import Audience
from domain.acts import Acted
from domain.acts.connection import MaterialsSubmitted
from domain.acts.enforcement.audit import (
    FindingLapsed,
    FindingNotified,
    FindingOpened,
    LightTurned,
    StepProposed,
    SuspicionRaised,
    WarningRaised,
)
from domain.acts.enforcement.credit import CreditExpired, CreditHeard, CreditWithdrawn
from domain.acts.enforcement.process import FindingObjected, StopStruckOut
from domain.acts.fact import DocumentAttached, RemarkMade
from domain.acts.service import ComplaintAccepted
from domain.ledger import AUDITOR_PARTY, Actor, Entry, body_of

CASE = UUID("019a0000-0000-7000-8000-00000000feed")
CITY = "420800"
PARTIES = ("jm-water", "jm-gas", "jm-cgw", "jm-spj")
START = datetime(2026, 6, 3, 1, 0, tzinfo=UTC)
AUDIENCES = tuple(Audience(CITY, party, sees) for party in PARTIES for sees in ("own", "portal"))
OFFICE = Audience(CITY, "jm-spj", "city")

_party = st.sampled_from(PARTIES)
_id = st.sampled_from([UUID(int=number) for number in range(1, 5)])
_earlier = st.integers(1, 30)
_ids = st.lists(_id, max_size=2, unique=True).map(tuple)


def _opened(name: UUID, party: str) -> FindingOpened:
    return FindingOpened(finding_id=name, rule="access", keys=(party,), party=party, started_seq=1, started_at=START, due_at=START)


def _by_auditor() -> Iterator[st.SearchStrategy[Acted]]:
    yield st.builds(_opened, _id, _party)
    yield st.builds(FindingNotified, finding_id=_id, served_at=st.just(START))
    yield st.builds(FindingLapsed, finding_id=_id, because_seq=_earlier)
    yield st.builds(LightTurned, finding_id=_id, party=_party, because=st.just("overrun"))
    yield st.builds(SuspicionRaised, about=st.just("out-of-order"))
    yield st.builds(WarningRaised, rule=st.just("access"), keys=st.just(()), party=_party, started_seq=_earlier, due_at=st.just(START))
    yield st.builds(StepProposed, step=st.just("order"), party=_party, department=_party, text=st.just("建议"))
    yield st.just(CreditExpired(on=date(2026, 6, 3)))


def _by_people() -> Iterator[st.SearchStrategy[Acted]]:
    yield st.just(RemarkMade(text="已电话联系用户"))
    yield st.builds(
        DocumentAttached,
        document_id=_id,
        name=st.just("图.pdf"),
        media_type=st.just("application/pdf"),
        size=st.just(1),
        sha256=st.just("0" * 64),
    )
    yield st.builds(MaterialsSubmitted, utility=_party, department=_party, documents=_ids)
    yield st.builds(FindingObjected, finding_id=_id, party=_party, text=st.just("不属实"), documents=_ids)
    yield st.builds(ComplaintAccepted, body=_party)
    yield st.builds(CreditHeard, by=_party, documents=_ids)
    yield st.just(CreditWithdrawn(reason="误录"))


def _written(said: list[tuple[str, Acted]]) -> list[Entry]:
    return [entry_of(seq, party, act) for seq, (party, act) in enumerate(said, 1)]


def entry_of(seq: int, party: str, act: Acted) -> Entry:
    """Write an entry of the case; a stop that is struck out was always entered before."""
    at = START + timedelta(minutes=seq)
    return Entry(CASE, seq, at, at, Actor(party, "window", "client-1"), "edition", act, body_of(act))


_struck = st.builds(StopStruckOut, stopped_seq=st.just(1), by=_party, reason=st.just("无依据"))
_said = st.one_of(
    st.tuples(st.just(AUDITOR_PARTY), st.one_of(*_by_auditor())),
    st.tuples(_party, st.one_of(*_by_people(), _struck)),
)
LEDGERS = st.lists(_said, min_size=1, max_size=30).map(_written)
WHO = st.sampled_from(AUDIENCES)
