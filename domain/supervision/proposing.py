"""Which rungs the auditor proposes, and with what under them; never an arranged interview, and never twice."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Literal

from domain.acts.enforcement.audit import StepProposed
from domain.acts.enforcement.ladder import InterviewHeld, PenaltyReferred
from domain.acts.enforcement.supervision import CommitmentSigned, RectificationJudged
from domain.clock import Clock
from domain.commitments.commitment import open_defects
from domain.ledger import Entry
from domain.schemes.rulebook import Rulebook
from domain.supervision.next_step import Ledgers, why_no_interview
from domain.supervision.state import Order, last_of, order_of, orders_under, orders_with_it


def orders_wanted(book: Rulebook, entries: Sequence[Entry], ledgers: Ledgers) -> Iterator[StepProposed]:
    """Propose an order for each defect of a commitment that stands without one; `beside` holds the orders under it."""
    ladder, signed = book.scheme.ladder, last_of(entries, CommitmentSigned)
    if ladder is None or signed is None:
        return
    ordered = {one.act.defect_seq for one in orders_under(signed[0].case_id, ledgers)} | _proposed(entries, "order")
    for entry, defect in open_defects(entries):
        if entry.seq not in ordered:
            yield StepProposed(
                step="order",
                party=defect.utility,
                department=defect.department,
                because_seqs=(entry.seq,),
                text=f"第{entry.seq}条记录：未达到承诺标准，尚未责令限期整改（{ladder.cite.clause}）",
            )


def rung_wanted(book: Rulebook, entries: Sequence[Entry], ledgers: Ledgers, clocks: Sequence[Clock], at: datetime) -> StepProposed | None:
    """Propose the interview or the referral that a case of supervision has come to, if any."""
    ladder, order = book.scheme.ladder, order_of(entries)
    if ladder is None or order is None:
        return None
    if why_no_interview(ladder, entries, ledgers, clocks, at) is None:
        return None if _proposed(entries, "interview") else _interview(book, order, entries, len(orders_with_it(order, ledgers)))
    return None if _proposed(entries, "referral") else _referral(book, order, entries)


def _interview(book: Rulebook, order: Order, entries: Sequence[Entry], orders: int) -> StepProposed:
    judged = last_of(entries, RectificationJudged)
    why = "整改期限已过，没有报告" if judged is None else f"第{judged[0].seq}条记录认定整改不到位"
    text = f"同一年度承诺下已有{orders}次责令整改，最近一次{why}"
    return _step(book, order, "interview", text, (order.entry.seq, *(() if judged is None else (judged[0].seq,))))


def _referral(book: Rulebook, order: Order, entries: Sequence[Entry]) -> StepProposed | None:
    """Nobody came, or the rectification was judged insufficient once more: whether that is serious, the department says."""
    held = last_of(entries, InterviewHeld)
    if held is None or any(isinstance(one.act, PenaltyReferred) for one in entries):
        return None
    again = last_of([one for one in entries if one.occurred_at > held[0].occurred_at], RectificationJudged)
    if again is not None and not again[1].accepted:
        text = "约谈后仍认定整改不到位，请研究是否属于“情节严重”"
        return _step(book, order, "referral", text, (held[0].seq, again[0].seq))
    if held[1].attended or again is not None:
        return None
    return _step(book, order, "referral", "约谈无人参加，请研究是否属于“情节严重”", (held[0].seq,))


def _step(book: Rulebook, order: Order, step: Literal["interview", "referral"], text: str, seqs: tuple[int, ...]) -> StepProposed:
    return StepProposed(
        step=step, party=order.act.utility, department=order.act.department, because_seqs=seqs, text=f"{text}（{_source(book)}）"
    )


def _source(book: Rulebook) -> str:
    """Name the clause, and what was assumed where the plan is silent."""
    ladder = book.scheme.ladder
    assumed = "" if ladder is None or ladder.assumes is None else f"；设定：{book.scheme.assumptions[ladder.assumes].text}"
    return f"{'' if ladder is None else ladder.cite.clause}{assumed}"


def _proposed(entries: Sequence[Entry], step: str) -> set[Any]:
    """Give what has been proposed by this step, entry by entry."""
    return {seq for one in entries if isinstance(one.act, StepProposed) and one.act.step == step for seq in one.act.because_seqs}
