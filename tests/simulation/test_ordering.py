"""Orders under one commitment that follow fast on one another: whoever is called in is called in by the last of them."""

from datetime import datetime
from itertools import takewhile

from domain.acts.enforcement.supervision import InterviewCalled, RectificationOrdered
from simulation import WantedTraffic, traffic
from tests.simulation.cities import CITIES, FROM, TO


def test_nobody_is_called_in_under_an_order_that_a_later_one_stands_behind() -> None:
    asked = WantedTraffic(cases=20_000, seed=1, from_day=FROM, to_day=TO)
    made = list(takewhile(lambda one: one.case.kind in {"commitment", "supervision"}, traffic(CITIES["jingmen-2023"], asked)))
    ordered: dict[object, list[datetime]] = {}
    called: list[tuple[object, datetime, datetime]] = []
    for one in made:
        first = one.entries[0]
        if isinstance(first.act, RectificationOrdered):
            ordered.setdefault(first.act.commitment, []).append(first.occurred_at)
            calls = [entry.occurred_at for entry in one.entries if isinstance(entry.act, InterviewCalled)]
            called += [(first.act.commitment, first.occurred_at, at) for at in calls]
    assert len(called) > 20
    for commitment, given, at in called:
        assert not [later for later in ordered[commitment] if given < later <= at]
