"""Proposing an entry of a credit file: whose, for what conduct, on what ground; the program proposes no grade and no subject."""

from calendars import local_day
from domain.accountability.fairness import check_in_own_name, check_not_own
from domain.accountability.grounds import check_upheld
from domain.acts.enforcement.credit import CreditProposed
from domain.acts.enforcement.process import SuspicionConfirmed
from domain.acts.enforcement.supervision import RectificationJudged, RectificationOrdered
from domain.cases.handlers import checks_first
from domain.cases.other_cases import Opening
from domain.credit.basis import check_basis, terms_of
from domain.intake.identifiers import wrong_check_digit, wrong_credit_code
from domain.refusals import Malformed, OutOfOrder
from domain.schemes.rulebook import Rulebook
from words import listed, sentence


@checks_first(CreditProposed)
def check_proposed(opening: Opening, act: CreditProposed) -> None:
    """Refuse an entry about nobody in particular, about a whole unit's failing in a person's name, or without its ground."""
    terms = terms_of(opening.book)
    check_in_own_name(opening.actor, act, act.by)
    check_not_own(act, act.by, act.party)
    if act.subject.role not in terms.roles:
        message = sentence("{scheme} enters {roles}, not {role}", scheme=opening.book.id, roles=listed(terms.roles), role=act.subject.role)
        raise Malformed(message, field="role")
    if act.subject.kind == "person":
        _check_person(act)
    else:
        _check_enterprise(opening.book, act)
    check_basis(act.item, act.rests_on, local_day(opening.at), penalty=act.penalty)
    check_upheld(opening.other_cases, act.grounds, act.party)
    _check_conduct(opening, act)


def _check_person(act: CreditProposed) -> None:
    """A person is entered for their own act: what a unit missed or promised is the unit's."""
    subject = act.subject
    units = [name for name in ("party", "grounds", "supervision") if getattr(act, name)]
    if units:
        message = sentence("a person is entered for their own act only; {units} are about a unit: enter the unit", units=listed(units))
        raise Malformed(message, field=units[0])
    if subject.credit_code is not None:
        message = sentence("a person has no credit code; leave it out, or enter the enterprise")
        raise Malformed(message, field="creditCode")
    if subject.id_number is None:
        raise Malformed(sentence("a person is entered by the ID number, so that no namesake is meant"), field="idNumber")
    wrong = wrong_check_digit(subject.id_number)
    if wrong:
        raise Malformed(wrong, field="idNumber")


def _check_enterprise(book: Rulebook, act: CreditProposed) -> None:
    subject = act.subject
    if subject.id_number is not None:
        message = sentence("an enterprise is entered by its credit code; leave the ID number out, or enter the person")
        raise Malformed(message, field="idNumber")
    wrong = (
        sentence("an enterprise is entered by its credit code") if subject.credit_code is None else wrong_credit_code(subject.credit_code)
    )
    if wrong:
        raise Malformed(wrong, field="creditCode")
    called = {one.code for one in book.scheme.parties if subject.name.strip() in {one.name, *one.aliases}}
    if called and act.party not in called:
        message = sentence(
            "{name} is {parties} under {scheme}; say so in 'party'",
            name=subject.name.strip(),
            parties=listed(sorted(called)),
            scheme=book.id,
        )
        raise Malformed(message, field="party")
    is_utility = act.party is not None and "utility" in book.party(act.party).roles
    if is_utility != (subject.role == "utility"):
        message = sentence("a utility is entered in the role 'utility', with its code in 'party'; nobody else is")
        raise Malformed(message, field="role")


def _check_conduct(opening: Opening, act: CreditProposed) -> None:
    if act.conduct == "falsification":
        _check_falsified(opening, act)
        return
    if act.suspicion is not None:
        message = sentence("a suspicion that was confirmed as falsified belongs to the conduct 'falsification'")
        raise Malformed(message, field="suspicion")
    if act.party is not None:
        _check_not_honoured(opening, act, act.party)
    elif act.supervision is not None:
        message = sentence("an order under a commitment is about a party of the plan; name it in 'party'")
        raise Malformed(message, field="party")


def _check_falsified(opening: Opening, act: CreditProposed) -> None:
    if act.supervision is not None:
        message = sentence("an order under a commitment belongs to the conduct 'commitment-not-honoured'")
        raise Malformed(message, field="supervision")
    if act.suspicion is None:
        return
    for entry in opening.other_cases.ledgers.get(act.suspicion.case_id, ()):
        said = entry.act
        if (
            isinstance(said, SuspicionConfirmed)
            and said.raised_seq == act.suspicion.seq
            and _is_about(opening, entry.actor.party, said, act)
        ):
            return
    message = sentence(
        "entry {seq} of case {case_id} is no suspicion confirmed as falsified by the subject",
        seq=act.suspicion.seq,
        case_id=act.suspicion.case_id,
    )
    raise OutOfOrder(message, missing=["suspicion.confirmed"])


def _is_about(opening: Opening, confirmed_by: str, said: SuspicionConfirmed, act: CreditProposed) -> bool:
    """Say whether it was confirmed in this city, as falsified, by this party or by nobody named; a person stands in some unit."""
    ours = said.falsified and confirmed_by in opening.book.parties
    return ours and (act.subject.kind == "person" or said.party in {None, act.party})


def _check_not_honoured(opening: Opening, act: CreditProposed, party: str) -> None:
    """A missed deadline is no broken commitment: a party's rests on an order under its commitment, judged insufficient."""
    entries = [] if act.supervision is None else opening.other_cases.ledgers.get(act.supervision, [])
    orders = [one.act for one in entries if isinstance(one.act, RectificationOrdered)]
    ordered = [one for one in orders if one.utility == party and one.commitment is not None and one.department in opening.book.parties]
    judged = [one.act.accepted for one in entries if isinstance(one.act, RectificationJudged) and one.act.utility == party]
    if not ordered or not judged or judged[-1]:
        message = sentence(
            "a missed deadline is no broken commitment: name in 'supervision' "
            "the case of an order under {party}'s commitment whose rectification was judged insufficient",
            party=party,
        )
        raise OutOfOrder(message, missing=["rectification.judged"])
    elsewhere = [str(one.finding_id) for one in act.grounds if one.case_id != act.supervision]
    if elsewhere:
        message = sentence("findings of other cases are no ground for a broken commitment: {elsewhere}", elsewhere=listed(elsewhere))
        raise Malformed(message, field="grounds")
