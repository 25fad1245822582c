"""Made-up applicants, places and codes, each marked as a sample (样例) so that none is taken for a real one."""

from random import Random
from uuid import UUID

from stdnum.cn import uscc

from domain.acts.parts import Applicant

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


def applicant(rng: Random, region: str) -> Applicant:
    """Make an enterprise."""
    return Applicant(
        name=f"样例{rng.randrange(10_000):04}{rng.choice(_TRADES)}有限公司",
        credit_code=credit_code(rng, region),
        legal_representative=person(rng),
        contact=person(rng),
        phone=f"0000{rng.randrange(10**7):07}",
    )


def address(rng: Random) -> str:
    """Make an address."""
    return f"{rng.choice(_ROADS)}{rng.randrange(1, 400)}号"


def case_id(rng: Random, at: int) -> UUID:
    """Make an id of version 7 (RFC 9562) that carries the simulated moment; the rest comes from the seed."""
    chance = rng.getrandbits(74)
    high, low = chance >> 62, chance & (1 << 62) - 1
    return UUID(int=at * 1000 << 80 | 7 << 76 | high << 64 | 2 << 62 | low)
