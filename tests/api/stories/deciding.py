"""Every deciding act with the ways in which it is taken; a test fails on one that is not here."""

from collections.abc import Awaitable, Callable, Mapping

from tests.api.stories import decisions_on_findings as findings
from tests.api.stories import decisions_on_utilities as utilities
from tests.api.stories.trials import Trial, TrialDesk

DECIDING: Mapping[str, tuple[Callable[[TrialDesk], Awaitable[Trial]], ...]] = {
    "finding.decided": (findings.finding_decided, findings.finding_decided_by_operation, findings.finding_withdrawn),
    "finding.disposed": (findings.finding_disposed,),
    "stop.struck_out": (findings.stop_struck_out,),
    "suspicion.cleared": (findings.suspicion_cleared,),
    "suspicion.confirmed": (findings.suspicion_confirmed,),
    "credit.decided": (findings.credit_decided,),
    "credit.published": (findings.credit_published,),
    "credit.repaired": (findings.credit_repaired,),
    "credit.withdrawn": (findings.credit_withdrawn,),
    "measure.entered": (findings.measure_entered,),
    "measure.ended": (findings.measure_ended,),
    "accountability.decided": (findings.accountability_decided,),
    "accountability.withdrawn": (findings.accountability_withdrawn,),
    "defect.found": (utilities.defect_found,),
    "commitment.suspended": (utilities.commitment_suspended,),
    "commitment.restored": (utilities.commitment_restored,),
    "rectification.ordered": (utilities.rectification_ordered,),
    "rectification.judged": (utilities.rectification_judged,),
    "interview.called": (utilities.interview_called,),
    "interview.held": (utilities.interview_held,),
    "interview.arranged": (utilities.interview_arranged,),
    "penalty.referred": (utilities.penalty_referred,),
    "statement.checked": (utilities.statement_checked,),
    "statement.settled": (utilities.statement_settled,),
    "yearend.settled": (utilities.yearend_settled,),
    "score.sealed": (utilities.score_sealed,),
    "complaint.accepted": (utilities.complaint_accepted,),
    "complaint.answered": (utilities.complaint_answered,),
    "case.closed": (utilities.case_closed,),
}
"""Every act by which somebody decides about a party of the plan, with the ways in which it is taken."""
