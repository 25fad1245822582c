"""What msgspec and the TOML reader say is said in the same English words and in Chinese; what they never said before is passed on."""

import pickle
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
import pytest
from msgspec import Meta

from schemes import SchemeFault, parse_scheme, read_scheme
from schemes.misfits import misfit, said_in, unreadable, within
from tests.schemes.plans import changed
from words import Sentence, say


class Asked(msgspec.Struct, forbid_unknown_fields=True):
    count: Annotated[int, Meta(ge=1, le=9)] | None = None
    shade: Literal["red", "yellow"] | None = None
    name: Annotated[str, Meta(min_length=1, max_length=3, pattern="^[a-z]*$")] | None = None
    at: Annotated[datetime, Meta(tz=True)] | None = None
    case: UUID | None = None
    pair: tuple[int, int] | None = None
    several: Annotated[list[int], Meta(min_length=1, max_length=2)] | None = None
    by_name: dict[Annotated[str, Meta(max_length=2)], int] | None = None


class Full(msgspec.Struct):
    name: str


MISFITS = [
    (Asked, '{"count": "x"}', "$.count", "类型应为「int | null」，收到的是「str」"),
    (Asked, '{"count": 0}', "$.count", "「int」应不小于 1"),
    (Asked, '{"count": 10}', "$.count", "「int」应不大于 9"),
    (Asked, '{"shade": "blue"}', "$.shade", "取值 'blue' 不在可选范围内"),
    (Asked, '{"name": ""}', "$.name", "「str」的长度至少为 1"),
    (Asked, '{"name": "four"}', "$.name", "「str」的长度最多为 3"),
    (Asked, '{"name": "A"}', "$.name", "「str」的写法应符合 '^[a-z]*$'"),
    (Asked, '{"at": "2026-06-03T10:00:00"}', "$.at", "「datetime」须带时区"),
    (Asked, '{"at": "June"}', "$.at", "不是按 RFC 3339 书写的日期时间"),
    (Asked, '{"case": "7"}', "$.case", "不是 UUID"),
    (Asked, '{"pair": [1]}', "$.pair", "「array」的长度应为 2"),
    (Asked, '{"several": []}', "$.several", "「array」的长度至少为 1"),
    (Asked, '{"by_name": {"long": 1}}', "$.by_name", "「str」的长度最多为 2"),
    (Asked, '{"colour": 1}', "$", "含有不认识的字段「colour」"),
    (Full, "{}", "$", "缺少必填字段「name」"),
]


@pytest.mark.parametrize(("kind", "text", "place", "words"), MISFITS)
def test_a_value_that_does_not_fit_is_told_with_its_place(kind: type, text: str, place: str, words: str) -> None:
    with pytest.raises(msgspec.ValidationError) as fault:
        msgspec.json.decode(text, type=kind)
    what, where = misfit(fault.value)
    assert (where, say(what, "zh")) == (place, words)
    assert str(fault.value).startswith(say(what, "en"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[1,]", "JSON 写法有误：数组末尾多一个逗号（第 3 字节）"),
        ("[1 2]", "JSON 写法有误：此处应为 ',' 或 ']'（第 3 字节）"),
        ("{1: 2}", "JSON 写法有误：对象的键须为字符串（第 1 字节）"),
        ("[", "内容不完整"),
        (b'["\xff"]', "不是 UTF-8 编码"),
        ("[" * 100_000, "嵌套层数过多"),
        ('{"name": 7}', "类型应为「str」，收到的是「int」（位置：$.name）"),
        ("{}", "缺少必填字段「name」"),
    ],
)
def test_a_text_that_cannot_be_read_is_told_why(text: str | bytes, words: str) -> None:
    kind: Any = Full if text[:1] == "{" else Any
    with pytest.raises((msgspec.DecodeError, UnicodeDecodeError, RecursionError)) as fault:
        msgspec.json.decode(text, type=kind)
    assert say(unreadable(fault.value), "zh") == words


@pytest.mark.parametrize("text", ["a", "a = ", "[a", "a = [", 'a = "', "a = 1\na = 2", "[a]\n[a]", 'a = "\\x"', "a = 2026-13-01", "= 1"])
def test_what_the_toml_reader_says_has_its_chinese(text: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as fault:
        tomllib.loads(text)
    what, _, where = str(fault.value).removesuffix(")").partition(" (at ")
    assert all(isinstance(said_in(words), Sentence) for words in (what, where)), str(fault.value)


def test_what_was_never_said_before_is_passed_on() -> None:
    assert (said_in("Something else"), within("Something else")) == ("Something else", "something else")


def test_within_another_sentence_it_begins_small_and_is_the_same_in_chinese() -> None:
    inner = within(said_in("Invalid UUID"))
    kept = pickle.loads(pickle.dumps(inner))  # noqa: S301 -- our own
    assert [(str(one), say(one, "zh")) for one in (inner, kept)] == [("invalid UUID", "不是 UUID")] * 2


def test_a_wrong_plan_is_told_in_chinese(tmp_path: Path) -> None:
    with pytest.raises(SchemeFault) as fault:
        parse_scheme(changed("jingmen", 'limit = "3wd"', 'limit = "3 days"'), "wrong.toml")
    assert (say(fault.value.what, "zh"), say(fault.value.mend, "zh")) == (
        "「3 days」不是时限",
        "时限请写作 24h、24wh、24oh、30om、0.5wd、3wd、0wd、10d 或 at-once",
    )
    with pytest.raises(SchemeFault) as fault:
        read_scheme(tmp_path / "nowhere.toml")
    assert say(fault.value.what, "zh") == "无法读取：没有这个文件或文件夹"
    with pytest.raises(SchemeFault) as fault:
        read_scheme(tmp_path / ("long" * 100))
    assert fault.value.what == "it cannot be read: File name too long"
