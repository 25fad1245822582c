"""How an entry of a credit file stands."""

from typing import Literal

CreditState = Literal["note", "proposed", "notified", "heard", "entered", "refused", "shown", "repaired", "expired", "withdrawn"]
"""内部记录 (lacks its item or document), 拟列入, 已告知, 已陈述, 已列入, 不列入, 公示或共享中, 已修复, 期满, 已撤销."""
