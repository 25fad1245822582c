"""The draw (抽查): which works of a risk are inspected, by a seed that is told; the same seed and works always give the same.

Each works' rank is the SHA-256 of the UTF-8 text `seed`, one space, and the case's id in its usual writing (36 characters, small
letters), as a number; the smallest come first. Of `n` works of a risk with a share of `p` per cent the first `p * n / 100` are drawn,
rounded up. Anybody repeats it by hand: printf '%s %s' SEED CASE | sha256sum.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import get_args
from uuid import UUID

from domain.acts.enforcement.ladder import Risk, Sampled
from domain.cases.other_cases import Works

RISKS: tuple[Risk, ...] = get_args(Risk)


def rank_of(seed: str, case_id: UUID) -> str:
    """Give the rank of works under a seed, as 64 hexadecimal digits."""
    return hashlib.sha256(f"{seed} {case_id}".encode()).hexdigest()


def ranked(seed: str, cases: Iterable[UUID]) -> list[UUID]:
    """Put works in the order in which they are drawn."""
    return sorted(cases, key=lambda one: rank_of(seed, one))


def risk_of(works: Works, defects: Mapping[str, int], high: int) -> Risk:
    """Say how risky works are by their riskiest utility's open defects: from `high` on high, one middle, none low."""
    most = max((defects.get(one, 0) for one in works.utilities), default=0)
    return "high" if most >= high else "middle" if most else "low"


def draw(seed: str, works: Sequence[Works], defects: Mapping[str, int], high: int, shares: Mapping[Risk, int]) -> tuple[Sampled, ...]:
    """Draw from each risk that has any works."""
    found = ((risk, sorted(one.case_id for one in works if risk_of(one, defects, high) == risk)) for risk in RISKS)
    return tuple(_sampled(seed, risk, shares[risk], of) for risk, of in found if of)


def _sampled(seed: str, risk: Risk, share: int, of: Sequence[UUID]) -> Sampled:
    many = -(-share * len(of) // 100)
    return Sampled(risk=risk, share=share, drawn_from=tuple(of), drawn=tuple(ranked(seed, of)[:many]))
