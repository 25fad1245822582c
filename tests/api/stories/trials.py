"""A decision that is ready to be taken, and accounts that may and may not take it; holds no expected answers."""

from collections.abc import Callable
from itertools import count

import httpx
from msgspec import Struct

from casework.access.caller import Caller
from casework.access.roles import SCOPES
from domain.schemes.enforcement import Role
from tests.api.callers import JINGMEN, Body, act, signed_in
from tests.api.process import Office

WATER, PARKS, BUREAU, REFORM, DONGBAO, CITY = "jm-water", "jm-cgw", "jm-spj", "jm-fgw", "jm-dongbao", "jm-czj"


class Who(Struct, frozen=True):
    """An account of a party in a role."""

    account: str
    role: Role
    party: str


class Trial(Struct, frozen=True, kw_only=True):
    """One decision, ready to be taken."""

    path: str
    body: Callable[[str], Body]
    """What is sent, in the name of that party where the act has a name."""
    good: Who
    """Who may take it."""
    own: tuple[Who, ...]
    """The party that it is about, in every role that might reach it."""
    prepared: tuple[Who, ...] = ()
    """Accounts of the deciding party itself, in the deciding role, that proposed or notified it, or decided the same before."""
    again: bool = True
    """Whether it is the same decision a second time; a second interview is another interview."""


class TrialDesk:
    """Everybody's clients, by account."""

    def __init__(self, office: Office) -> None:
        self.office, self.now, self.callers = office, office.now, office.callers

    def __call__(self, who: Who) -> httpx.AsyncClient:
        caller = Caller(who.account, JINGMEN, who.party, who.role, frozenset(SCOPES))
        return signed_in(self.office.app, caller, self.now())

    async def take(self, trial: Trial, who: Who) -> httpx.Response:
        return await self(who).post(trial.path, json=trial.body(who.party))


ZHANG, LI, WANG = (Who(name, "supervisor", REFORM) for name in ("zhang", "li", "wang"))
"""Three accounts of 发改委, which decides about 行政审批局 (deciders, 七)."""
INSPECTOR = Who("zhao", "inspector", REFORM)
OWN = (Who("own", "supervisor", BUREAU), Who("own", "coordinator", BUREAU))
"""行政审批局 decides about everybody but itself, and has every role that decides."""
DEPARTMENT, UTILITY = Who("qian", "department", PARKS), (Who("own", "utility", WATER), Who("own", "window", WATER))
FINANCE = Who("sun", "finance", DONGBAO)


def acts(case: Body) -> str:
    return f"/v1/cases/{case['caseId']}/acts"


def says(tag: str, name: str | None = "by", **fields: object) -> Callable[[str], Body]:
    """The same act in whoever's name."""
    return lambda party: act(tag, **fields, **({name: party} if name else {}))


YEARS = count()
"""A year of its own for each story that needs one."""
