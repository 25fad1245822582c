"""Enquiries: asked at any hour, passed on, reclassified, registered, done on the spot, answered and closed."""

from datetime import datetime

from domain.acts.field import Acted, Class
from domain.acts.service import (
    CaseClosed,
    EnquiryReceived,
    EnquiryReclassified,
    EnquiryTransferred,
    FeedbackGiven,
    MatterDone,
    MatterHandedOver,
    MatterRegistered,
    PolicyExplained,
    SuggestionGiven,
)
from simulation.case_script import Kept, Script
from simulation.matters.limits import by_class
from simulation.matters.notices import notice
from simulation.people import somebody
from simulation.slow_calendar import moment, seconds

DAY = 86_400
_POLICY = PolicyExplained(policy="样例：规划未批准的地块暂不接入", text="样例：已说明政策依据")
_CHANNELS = ("12345热线", "窗口", "营业厅电话", "网站留言")


class Matter:
    """Who holds an enquiry when."""

    def __init__(self, receiver: str) -> None:
        """Let the receiver hold it."""
        self.held: list[tuple[int, str]] = [(0, receiver)]
        self.explained = False
        """A policy stands in the way, and nothing is left to be done."""

    def holder(self, at: int) -> str:
        """Say who holds it at a moment."""
        return max(one for one in self.held if one[0] <= at)[1]


def enquiry(script: Script, at: int) -> None:
    """Plan an enquiry that is received at a moment."""
    receiver = script.rng.choice(_receivers(script))
    matter, is_complex = Matter(receiver), script.chance(25)
    kind: Class = "complex" if is_complex else "general"
    act = EnquiryReceived(
        channel=script.rng.choice(_CHANNELS),
        receiver=receiver,
        handler="样例甲",
        class_=kind,
        reason="样例：按事项类别",
        subject="样例：接入咨询",
        customer=somebody(script.rng) if script.chance(80) else None,
        place=script.city.book.name_of(receiver),
        window="1",
        officer="样例丙",
    )
    script.say(at, act, receiver)
    if script.chance(25):
        _transfer(script, matter, at, receiver)
    changed = None
    if not is_complex and "enquiry.reclassified" in script.city.book.scheme.acts and script.chance(8):
        changed = _reclassify(script, receiver, at)
    told = _feed_back(script, matter, at, is_complex=is_complex, changed=changed)
    _besides(script, matter, at, told)
    _close(script, matter)


def _receivers(script: Script) -> list[str]:
    roles = {"window", "utility", "department", "coordinator"} & set(script.city.book.scheme.acts["enquiry.received"].roles)
    return [p.code for p in script.city.parties if roles & set(p.roles)]


def _transfer(script: Script, matter: Matter, at: int, receiver: str) -> None:
    to = script.rng.choice([one for one in script.city.utilities if one != receiver])
    passed = at + script.rng.randint(60, 20 * 3600)
    script.say(passed, EnquiryTransferred(to=to), receiver)
    script.confirm(to, 40)
    matter.held.append((passed, to))


def _reclassify(script: Script, receiver: str, at: int) -> int:
    last = at + DAY - 60
    if "general-feedback" in script.city.duties and not script.unlucky():
        last = min(last, script.due("general-feedback", receiver, at))
    changed = script.rng.randint(min(at + 60, last), last)
    act = EnquiryReclassified(class_="complex", reason="样例：涉及多个单位", by="样例乙")
    colleague = script.city.colleague(script.city.actor(receiver, "enquiry.reclassified"))
    return script.say(changed, act, receiver, actor=colleague)


def _feed_back(script: Script, matter: Matter, at: int, *, is_complex: bool, changed: int | None) -> int | None:
    """Give the moment by which everybody has been told, and that is written down."""
    rule = "complex-feedback" if is_complex or changed else "general-feedback"
    kept = script.keep(rule, (), matter.holder(at), at, since=changed, missing=True, entry=True)
    _held_at_the_end(script, matter, kept)
    if changed:
        while_general(script, matter, at, changed)
    if kept.end is not None:
        _tell(script, matter, changed or at, kept.end, kept.entered)
    return kept.entered or kept.end


def while_general(script: Script, matter: Matter, at: int, changed: int) -> None:
    """Let the general limit end as the class changes; where it had ended before, what was missed stays missed."""
    if "general-feedback" not in script.city.duties:
        return
    due = script.due("general-feedback", matter.holder(at), at)
    missed = changed > due
    kept, void = Kept(changed if missed else None), None if missed else changed
    script.promise("general-feedback", (), matter.holder(min(changed, due - 1)), at, due, kept, void=void)


def _held_at_the_end(script: Script, matter: Matter, kept: Kept) -> None:
    """Let whoever holds the matter as its limit ends answer for it, where the plan has that limit."""
    if not kept.due:
        return
    last = script.promises.pop()
    decided = min(last.due - 1, last.due if kept.end is None else kept.end)  # what is passed on as it falls due is not passed on in time
    script.promises.append(last._replace(party=matter.holder(decided), hours=last.party))


def _tell(script: Script, matter: Matter, since: int, end: int, entered: int | None) -> None:
    """Tell the customer and the receiver: in one act, or in two of which the later one counts.

    A receiver that holds the matter itself knows as soon as the customer is told: then the customer is told last.
    """
    earlier = end if entered is not None else script.rng.randint(since, end)
    who = matter.holder(end)
    customer, receiver = moment(earlier), moment(end)
    if matter.holder(earlier) == matter.held[0][1] or not _both_are_told(script) or script.chance(50):
        customer, receiver = receiver, customer
    if entered is None and script.chance(15) and script.city.knows("policy.explained", "enquiry"):
        _explain(script, matter, customer, receiver)
        return
    if entered is not None or script.chance(70):
        script.say(end, FeedbackGiven(to_customer_at=customer, to_receiver_at=receiver, text="样例：办理进度"), who, entered=entered)
        return
    first, second = FeedbackGiven(to_customer_at=customer), FeedbackGiven(to_receiver_at=receiver)
    if customer > receiver:
        first, second = second, first
    script.say(earlier, first, matter.holder(earlier))
    script.say(end, second, who)


def _explain(script: Script, matter: Matter, customer: datetime, receiver: datetime) -> None:
    """Explain to the customer which policy stands in the way, which is an answer; a receiver that holds it no more is told apart."""
    explained, told = seconds(customer), seconds(receiver)
    matter.explained = True
    script.say(explained, _POLICY, matter.holder(explained))
    if len(matter.held) > 1:
        script.say(told, FeedbackGiven(to_receiver_at=receiver), matter.holder(told))


def _both_are_told(script: Script) -> bool:
    """Say whether the plan asks for more than that the customer is told; where it does not, the customer is told last."""
    rule = script.city.duties.get("general-feedback")
    stop = rule.deadline.stops if rule is not None and rule.deadline is not None else ""
    return isinstance(stop, str) or "to_receiver_at" in stop.needs


def _besides(script: Script, matter: Matter, at: int, told: int | None) -> None:
    receiver, way, knows = matter.held[0][1], script.rng.randrange(100), script.city.knows
    noted = at + script.rng.randint(30, 3600)
    if matter.explained:
        return
    if way < 22 and told is not None and knows("matter.registered", "enquiry"):  # noqa: PLR2004 -- so many of a hundred are registered
        _register(script, matter, max(noted, told), receiver)  # an answer before would be a feedback too
    elif 22 <= way < 34 and knows("matter.handed_over", "enquiry"):  # noqa: PLR2004 -- so many are handed over complete
        _hand_over(script, noted, receiver)
    elif 50 <= way < 62 and knows("suggestion.given", "enquiry"):  # noqa: PLR2004 -- so many are given advice
        script.say(noted, SuggestionGiven(text="样例：建议一并申请增容"), receiver)
    elif 34 <= way < 50 and knows("notice.issued", "enquiry"):  # noqa: PLR2004 -- so many lack materials
        notice(script, script.city.hand(receiver).next_open(noted), receiver, "咨询事项")


def _register(script: Script, matter: Matter, noted: int, receiver: str) -> None:
    kind: Class = "complex" if script.chance(40) else "general"
    script.say(noted, MatterRegistered(class_=kind, reason="样例：需要现场查看"), receiver)
    due = by_class(script, "registered-matter", receiver, noted, kind)
    kept = script.keep("registered-matter", (), receiver, noted, due=due, missing=True, entry=True)
    _held_at_the_end(script, matter, kept)
    if kept.end is not None:
        done: Acted = MatterDone(outcome="样例：已办结", replied_at=moment(kept.end))
        if script.chance(15) and script.city.knows("policy.explained", "enquiry"):
            done = _POLICY
        script.say(kept.end, done, matter.holder(kept.end), entered=kept.entered)


def _hand_over(script: Script, noted: int, receiver: str) -> None:
    to = script.rng.choice([one for one in script.city.utilities if one != receiver])
    script.say(noted, MatterHandedOver(to=to, complete=True), receiver)
    script.confirm(to, 40)
    kept = script.keep("on-the-spot", (), to, noted, missing=True, entry=True)
    if kept.end is not None:
        script.say(kept.end, MatterDone(outcome="样例：当场办结"), to, entered=kept.entered)


def _close(script: Script, matter: Matter) -> None:
    if not script.chance(70):
        return
    silent = script.unlucky(500)
    who = matter.holder(script.last)
    closed = script.close(CaseClosed(outcome=None if silent else "样例：已落实"), who)
    if closed and silent:
        script.count("outcome-before-close", who, closed)
