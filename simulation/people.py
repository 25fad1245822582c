"""Made-up applicants, places and codes, each marked as a sample (样例) so that none is taken for a real one."""

from collections.abc import Callable
from random import Random
from uuid import UUID

from stdnum.cn import ric, uscc

from domain.acts.forms import Applicant, ApplicantKind
from domain.acts.parts import Person

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_TRADES = ("机械制造", "食品加工", "新能源材料", "医药科技", "纺织", "电子科技", "冷链物流", "建材", "餐饮管理", "包装印刷")
_FAMILIES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
_GIVEN = ("伟", "芳", "敏", "静", "强", "磊", "洋", "勇", "艳", "杰")
_ROADS = ("样例大道", "样例一路", "样例二路", "样例工业园路", "样例滨河路", "样例科技路")


def credit_code(rng: Random, region: str) -> str:
    """Make a 统一社会信用代码 of an enterprise with a check character that fits (GB 32100)."""
    body = "91" + region + "".join(rng.choices(_SIGNS, k=9))
    return body + str(uscc.calc_check_digit(body))


def project_code(rng: Random, region: str, year: int) -> str:
    """Make a project code of the shape of GB/T 40058; ten digits keep two from meeting."""
    first, last = rng.randrange(10**4), rng.randrange(10**6)
    return f"{year % 100:02}{first % 100:02}-{region}-{rng.randrange(10):02}-{first // 100:02}-{last:06}"


def person(rng: Random) -> str:
    """Make a person's name."""
    return f"样例{rng.choice(_FAMILIES)}{rng.choice(_GIVEN)}"


def phone(rng: Random) -> str:
    """Make a number that no telephone has."""
    return f"0000{rng.randrange(10**7):07}"


def id_number(rng: Random) -> str:
    """Make a number with a check digit that fits (GB 11643), of a place that there is not, so that it is nobody's."""
    body = f"000000{rng.randint(1950, 2004)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}{rng.randrange(1000):03}"
    return body + str(ric.calc_check_digit(body + "0"))  # of a whole number, whose last digit it does not look at


def applicant(rng: Random, region: str, kind: ApplicantKind = "enterprise") -> Applicant:
    """Make an enterprise, or another customer with a credit code."""
    return Applicant(
        name=f"样例{rng.randrange(10_000):04}{rng.choice(_TRADES)}有限公司",
        kind=kind,
        credit_code=credit_code(rng, region),
        legal_representative=person(rng),
        id_number=id_number(rng),
        contact=person(rng),
        phone=phone(rng),
    )


def road(rng: Random) -> str:
    """Name a road."""
    return rng.choice(_ROADS)


def address(rng: Random) -> str:
    """Make an address."""
    return f"{rng.choice(_ROADS)}{rng.randrange(1, 400)}号"


def somebody(rng: Random) -> Person:
    """Make somebody who asks or complains."""
    return Person(name=person(rng), phone=phone(rng))


def ids_from(rng: Random) -> Callable[[], UUID]:
    """Make ids of entries that follow from a seed."""
    return lambda: UUID(int=rng.getrandbits(128), version=4)


def case_id(rng: Random, at: int) -> UUID:
    """Make an id of version 7 (RFC 9562) that carries the simulated moment; the rest comes from the seed."""
    chance = rng.getrandbits(74)
    high, low = chance >> 62, chance & (1 << 62) - 1
    return UUID(int=at * 1000 << 80 | 7 << 76 | high << 64 | 2 << 62 | low)
