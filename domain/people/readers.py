"""Who may be shown a person whole, and who may have one erased: the scheme's roles, and of who complained the handling body alone."""

from collections.abc import Sequence

from domain.acts.service import ComplaintAccepted
from domain.case import Case
from domain.ledger import Actor, Entry
from domain.people.fields import Personal
from domain.people.particulars import particulars
from domain.refusals import Malformed, NotAllowed, NotFound, OutOfOrder
from domain.schemes.rulebook import Rulebook
from words import listed, sentence

Held = tuple[Entry, Personal, str]
"""A particular as it is kept, with its field and the entry that holds it."""


def handler_of(ledger: Sequence[Entry]) -> str | None:
    """Name the body that has taken a complaint up, the latest where there were several."""
    taken = [(entry.occurred_at, entry.seq, entry.act.body) for entry in ledger if isinstance(entry.act, ComplaintAccepted)]
    return max(taken)[2] if taken else None


def held_in(ledger: Sequence[Entry], names: Sequence[str] = ()) -> list[Held]:
    """Give the particulars that a case holds, all or those of these fields; `Malformed` where a field holds none."""
    found = [(entry, field, text) for entry in ledger for field, text in particulars(entry.act)]
    if not found:
        message = sentence("this case holds no person's particulars")
        raise NotFound(message)
    known = {field.name for _, field, _ in found}
    unknown = sorted(set(names) - known)
    if unknown:
        message = sentence("this case holds nothing of {unknown}; it holds {known}", unknown=listed(unknown), known=listed(sorted(known)))
        raise Malformed(message, field="fields")
    return [one for one in found if not names or one[1].name in names]


def check_may_read(book: Rulebook, case: Case, ledger: Sequence[Entry], actor: Actor) -> None:
    """Refuse whoever need not reach the person."""
    if case.kind == "complaint":
        if actor.party != handler_of(ledger):
            message = sentence("who complained is shown to the body that has taken the complaint up, and to nobody else")
            raise NotAllowed(message)
        return
    row = book.scheme.personal_data
    _check_role(book, actor, row.shown_to if row else (), sentence("shown whole to"))


def check_may_erase(book: Rulebook, case: Case, actor: Actor) -> None:
    """Refuse whoever may not, and while the case is open: until then somebody may have to be reached."""
    row = book.scheme.personal_data
    _check_role(book, actor, row.erased_by if row else (), sentence("erased by"))
    if case.state == "open":
        message = sentence("the case is open: its persons may have to be reached until it is closed, refused or withdrawn")
        raise OutOfOrder(message)


def _check_role(book: Rulebook, actor: Actor, roles: Sequence[str], may: str) -> None:
    if actor.role not in roles:
        message = sentence(
            "under {scheme} a person's particulars are {may} {roles}; you are here as {role}",
            scheme=book.id,
            may=may,
            roles=listed(roles) or sentence("nobody"),
            role=actor.role,
        )
        raise NotAllowed(message, role=actor.role)
