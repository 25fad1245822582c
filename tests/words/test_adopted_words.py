"""One word per thing, as the office says it: words that were given up stand in no paper, list, help text or page; quotes keep theirs."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GIVEN_UP = {
    "案件": "办件 (a company that asks for water has no 案件); of supervision 监管事项",
    "停表": "暂停计时",
    "接力": "逾期责任时长分解",
    "已列入": "已记入 (列入 is for the list of the seriously untrustworthy)",
    "拟列入": "拟记入",
    "待通知": "待送达 (what counts is service)",
    "已销": "未发生费用，已结",
    "另一读法": "不同理解",
    "亮灯": "预警等级",
    "红灯": "红牌",
    "黄灯": "黄牌",
    "牌灯": "黄牌 or 红牌 alone",
    "本案": "本办件",
    "依据的台账": "依据的办件记录 (台账 is the window's and the handling departments' register)",
    "upheld 维持": "认定成立",
    "看住": "全程盯办",
    "接口契约": "接口规范",
    "加入通知": "导入放假通知",
    "绝不让您": "以上材料补齐后，可在任一专窗一次提交办理",
    "假定": "计时口径",
    "哈希": "校验码",
}
"""Each with the word that was adopted for it."""
QUOTES = ("docs/decisions/", "docs/coverage.md", "tests/coverage_of_plans.toml", "tests/words/", "CHANGELOG.md")
"""The plans' own sentences, what was decided at its time, and this list."""
SUFFIXES = {".py", ".toml", ".typ", ".md", ".json"}


def lines() -> list[tuple[str, str]]:
    kept = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    files = [name for name in kept.splitlines() if Path(name).suffix in SUFFIXES and not name.startswith(QUOTES) and (ROOT / name).exists()]
    return [(name, line) for name in files for line in (ROOT / name).read_text("utf-8").splitlines() if not re.search(r"\bquote\s*=", line)]


LINES = lines()


@pytest.mark.parametrize("word", GIVEN_UP)
def test_a_word_that_was_given_up_stands_nowhere(word: str) -> None:
    assert [f"{name}: {line.strip()[:80]}" for name, line in LINES if word in line] == [], GIVEN_UP[word]
