"""What the auditor proposes beside an upheld finding: that the unit be held to account; a person decides whether it is."""

from domain.accountability.checks import answers
from domain.acts.enforcement.audit import FindingOpened, StepProposed
from domain.acts.enforcement.process import FindingDecided, Ground
from domain.cases.context import ActContext
from domain.cases.handlers import notes


@notes(FindingDecided)
def proposed_beside(asked: ActContext, act: FindingDecided) -> tuple[StepProposed, ...]:
    """Propose an accountability record where a finding against a unit that answers so is upheld; the decision is the next entry."""
    if act.outcome != "upheld":
        return ()
    openings = [one.act for one in asked.entries if isinstance(one.act, FindingOpened) and one.act.finding_id == act.finding_id]
    terms = asked.book.scheme.accountability
    if terms is None or not openings or not answers(asked.book, openings[-1].party):
        return ()
    found = openings[-1]
    ground = Ground(finding_id=found.finding_id, case_id=asked.case.case_id)
    rule = asked.book.rules[found.rule]
    text = f"{rule.title}：该违规记录已认定成立，可依据{terms.cite.clause}提出责任追究，由有权单位决定"
    return (StepProposed(step="accountability", party=found.party, because_seqs=(asked.case.seq + 1,), grounds=(ground,), text=text),)
