"""What a half-year's acts must be true to: the costs that were stated, one statement for each case, the whole paid once."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from calendars import local_day
from domain.acts.enforcement.supervision import StatementChecked, StatementItem, StatementSubmitted
from domain.acts.settlement import StatementSettled, WorksCosted
from domain.cases.context import ActContext
from domain.cases.handlers import checks
from domain.cases.other_cases import Cost
from domain.halves import Half
from domain.refusals import AlreadyDone, Malformed, OutOfOrder
from domain.settlement.state import HalfYear, halves_in, standing_of
from words import all_of, sentence

_TOLD = 50
"""So many items at the most are told apart in one answer."""
_DECIDED = frozenset({"accepted", "settled"})


@checks(WorksCosted)
def check_cost(asked: ActContext, act: WorksCosted) -> None:
    """Refuse to state a cost anew that a district has accepted: it is paid as it was stated."""
    for half in halves_in(asked.other_cases.ledgers):
        if half.opened.utility != act.utility or half.state not in _DECIDED:
            continue
        for item in half.items:
            if item.case_id == asked.case.case_id:
                message = sentence(
                    "{district} accepted {amount} fen for this case in the statement of {half}; what was accepted is not stated anew",
                    district=half.opened.district,
                    amount=item.amount,
                    half=half.half.in_words,
                )
                raise AlreadyDone(message, settlement=str(half.case_id))


@checks(StatementSubmitted)
def check_submitted(asked: ActContext, act: StatementSubmitted) -> None:
    """Refuse a statement that does not hold exactly what its cases cost."""
    stands = half_year_of(asked)
    if act.utility != stands.opened.utility:
        raise Malformed(
            sentence("this is the settlement of {of}, not of {named}", of=stands.opened.utility, named=act.utility),
            field="utility",
        )
    if stands.state in _DECIDED:
        raise AlreadyDone(
            sentence(
                "the statement of {half} is {state}; what came later belongs to the next one", half=stands.half.in_words, state=stands.state
            )
        )
    _refuse([*_wrong(asked, stands, act.items), *_taken(asked, act)])
    total = sum(item.amount for item in act.items)
    if total != act.amount:
        raise Malformed(
            sentence(
                "the items add up to {total} fen, the statement says {amount}; correct the one or the other", total=total, amount=act.amount
            ),
            field="amount",
        )


@checks(StatementChecked)
def check_checked(asked: ActContext, act: StatementChecked) -> None:
    """Refuse a check of another district's statement, of none, or of one whose costs have changed since."""
    stands = half_year_of(asked)
    if act.district != stands.opened.district:
        raise Malformed(
            sentence("this is the settlement of {of}, not of {named}", of=stands.opened.district, named=act.district),
            field="district",
        )
    if stands.state in _DECIDED:
        raise AlreadyDone(sentence("the statement of {half} is {state} already", half=stands.half.in_words, state=stands.state))
    if stands.state == "returned":
        raise OutOfOrder(sentence("the statement was returned; it is checked once the utility has submitted another one"))
    if not act.accepted and act.reason is None:
        raise Malformed(sentence("a statement that is not accepted needs the reason, which its utility has to mend"), field="reason")
    if act.accepted and stands.submitted is not None:
        _refuse(list(_wrong(asked, stands, stands.submitted.items)))


@checks(StatementSettled)
def check_settled(asked: ActContext, act: StatementSettled) -> None:
    """Refuse a payment that is not the whole of the accepted statement, or a second one."""
    stands = half_year_of(asked)
    about = (stands.opened.district, stands.opened.utility)
    if (act.district, act.utility) != about:
        raise Malformed(
            sentence(
                "this is the settlement between {parties}, not of {district} and {utility}",
                parties=all_of(about),
                district=act.district,
                utility=act.utility,
            ),
            field="utility",
        )
    if stands.paid is not None:
        raise AlreadyDone(
            sentence(
                "{half} was settled on {paid_on} by {reference}",
                half=stands.half.in_words,
                paid_on=stands.paid.paid_on,
                reference=stands.paid.reference,
            )
        )
    if stands.state != "accepted" or stands.submitted is None:
        raise OutOfOrder(
            sentence("the statement is {state}; it is settled once its district has accepted it", state=stands.state),
            missing=["statement.checked"],
        )
    if act.amount != stands.submitted.amount:
        message = sentence(
            "{paid} fen were paid, the accepted statement says {accepted}; the district settles the whole",
            paid=act.amount,
            accepted=stands.submitted.amount,
        )
        raise Malformed(message, field="amount")
    if stands.submitted_at is not None and act.paid_on < local_day(stands.submitted_at):
        message = sentence(
            "paidOn is {paid_on}, and the statement came on {submitted_on}; it is paid after it has come",
            paid_on=act.paid_on,
            submitted_on=local_day(stands.submitted_at),
        )
        raise Malformed(message, field="paidOn")
    check_paid(asked, act.paid_on)


def check_paid(asked: ActContext, paid_on: object) -> None:
    """Refuse a payment that lies ahead."""
    today = local_day(asked.recorded_at)
    if paid_on > today:  # type: ignore[operator]  # both are days
        raise Malformed(
            sentence("paidOn is {paid_on}, today is {today}; a payment is recorded once it is made", paid_on=paid_on, today=today),
            field="paidOn",
        )


def check_ended(asked: ActContext) -> None:
    """Refuse to close a settlement whose accepted statement is not paid."""
    stands = standing_of(asked.entries)
    if isinstance(stands, HalfYear) and stands.state == "accepted" and stands.submitted is not None and stands.submitted.amount:
        raise OutOfOrder(sentence("the accepted statement is not paid; close the case once it is settled"), missing=["statement.settled"])


def half_year_of(asked: ActContext) -> HalfYear:
    """Give the half-year that a case is about."""
    stands = standing_of(asked.entries)
    if isinstance(stands, HalfYear):
        return stands
    raise OutOfOrder(sentence("this case is of a year's end; a statement belongs to the half-year between one district and one utility"))


def _refuse(wrongs: Sequence[tuple[int, str]]) -> None:
    if wrongs:
        (number, what), more = wrongs[0], len(wrongs) - 1
        errors = [{"at": f"items[{place}]", "message": wrong} for place, wrong in wrongs[:_TOLD]]
        message = (
            sentence("items[{number}]: {what}, and {more} more", number=number, what=what, more=more)
            if more
            else sentence("items[{number}]: {what}", number=number, what=what)
        )
        raise Malformed(message, field="items", errors=errors)


def _wrong(asked: ActContext, stands: HalfYear, items: Sequence[StatementItem]) -> Iterator[tuple[int, str]]:
    """Hold each item against the cost that its utility stated."""
    costs = {cost.case_id: cost for cost in asked.other_cases.costs if cost.utility == stands.opened.utility}
    for number, item in enumerate(items):
        what = _differs(costs.get(item.case_id), stands, item)
        if what is not None:
            yield number, sentence("case {case_id} {what}", case_id=item.case_id, what=what)


def _differs(cost: Cost | None, stands: HalfYear, item: StatementItem) -> str | None:
    if cost is None:
        return sentence("has no cost of {utility}; record works.costed first", utility=stands.opened.utility)
    if cost.district != stands.opened.district:
        lies = cost.district or sentence("no district yet")
        return sentence("lies in {lies}, not in {district}", lies=lies, district=stands.opened.district)
    if item.amount != cost.amount:
        return sentence("cost {cost} fen, the item says {amount}", cost=cost.amount, amount=item.amount)
    return _differs_in_time(cost, stands, item)


def _differs_in_time(cost: Cost, stands: HalfYear, item: StatementItem) -> str | None:
    """A cost that comes too late for its own half-year is settled with a later one, under the name of its own."""
    if stands.half < cost.half:
        return sentence("belongs to {half}; state it then", half=cost.half.in_words)
    named = None if cost.half == stands.half else str(cost.half)
    if item.belongs_to == named:
        return None
    half = cost.half.in_words
    if named is None:
        return sentence("belongs to {half}; leave belongsTo out", half=half)
    return sentence("belongs to {half}; write belongsTo {named}", half=half, named=named)


def _taken(asked: ActContext, act: StatementSubmitted) -> Iterator[tuple[int, str]]:
    """Find the items that stand twice, here or in another half-year's statement."""
    elsewhere = _elsewhere(asked, act.utility)
    seen: set[UUID] = set()
    for number, item in enumerate(act.items):
        if item.case_id in elsewhere:
            half = elsewhere[item.case_id].in_words
            yield number, sentence("case {case_id} stands in the statement of {half} already", case_id=item.case_id, half=half)
        elif item.case_id in seen:
            yield number, sentence("case {case_id} stands in it twice", case_id=item.case_id)
        seen.add(item.case_id)


def _elsewhere(asked: ActContext, utility: str) -> Mapping[UUID, Half]:
    others = [one for one in halves_in(asked.other_cases.ledgers) if one.case_id != asked.case.case_id and one.opened.utility == utility]
    return {item.case_id: one.half for one in others for item in one.items}
