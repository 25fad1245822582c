"""定点、定窗、定人: at which hall and window, and by whom, something was taken in; who took it for the ledger says its actor."""

from domain.acts import Acted, tag_of
from domain.intake.boxes import written
from domain.ledger import Actor
from domain.refusals import Malformed
from domain.schemes.rulebook import Rulebook
from domain.schemes.scheme import ActRule
from words import listed, sentence


def check_hall(book: Rulebook, rule: ActRule, act: Acted, actor: Actor) -> None:
    """Refuse what a shared hall records without the place, window or officer that its plan asks for."""
    party = book.parties[actor.party]
    missing = [field for field in rule.halls_need if getattr(act, field) is None]
    if party.kind == "hall" and missing:
        message = sentence(
            "{name} records {tag!r} with its place, window and officer (定点、定窗、定人); fill {fields}",
            name=party.name,
            tag=tag_of(act),
            fields=listed(map(written, missing)),
        )
        raise Malformed(message, field=written(missing[0]))


def doubts_of_hall(rule: ActRule, act: Acted, actor: Actor) -> tuple[str, ...]:
    """Tell what a person at a window leaves open; a portal has no window."""
    missing = [field for field in rule.expects if getattr(act, field) is None]
    if actor.role != "window" or not missing:
        return ()
    return (sentence("not said of {tag!r}: {fields} (定点、定窗、定人)", tag=tag_of(act), fields=listed(map(written, missing))),)
