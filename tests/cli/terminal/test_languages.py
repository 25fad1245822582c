"""The command line speaks one language at a time: `--lang` says which, else the surroundings, else it is Chinese."""

import re
import subprocess
import sys
from string import Formatter

import pytest

from cli.main import COMMANDS
from cli.running.environment import language_here
from tests.cli.conftest import HOUSE, Saying, process, surroundings
from tests.cli.terminal.test_words import is_chinese
from words import LANGUAGES, Language, names

EVERY_HELP = """
import sys
from cli.main import COMMANDS, group, run
from words import speaking
with speaking(sys.argv[1]):
    commands = {name: group.commands[name].real() for name in COMMANDS}
paths = [(), *((name,) for name in commands)]
paths += [(name, part) for name, command in commands.items() for part in getattr(command, "commands", ())]
for path in paths:
    print("\\f" + " ".join(path))
    run(["--lang", sys.argv[1], *path, "-h"])
"""
CHINESE_IN_EVERY_LANGUAGE = re.compile("荆门市|样例")
"""A city's name, and what made-up names are marked by."""
ENGLISH = re.compile(r"[A-Za-z][a-z'-]*[a-z](?: [A-Za-z][a-z'-]*)+")
"""Two words that follow each other: codes, options and examples stand alone."""


def helps(language: Language) -> dict[str, str]:
    """What each command says of itself, in a window wide enough to fold nothing."""
    words = [sys.executable, "-c", EVERY_HELP, language]
    wide = surroundings(TERMINAL_WIDTH="400", PYTHONIOENCODING="utf-8")
    said = subprocess.run(words, capture_output=True, encoding="utf-8", env=wide, cwd=HOUSE, check=True, timeout=300).stdout
    return dict(one.split("\n", 1) for one in said.split("\f")[1:])


def test_every_command_explains_itself_in_chinese_alone() -> None:
    said = helps("zh")
    assert set(COMMANDS) < set(said)
    ours = r"lianban [a-z-]+|calendar show"
    for command, text in said.items():
        assert is_chinese(text), command
        assert ENGLISH.findall(re.sub(ours, "", text)) == [], command


def test_every_command_explains_itself_in_english_alone() -> None:
    for command, text in helps("en").items():
        assert "Usage: lianban" in text
        assert not is_chinese(CHINESE_IN_EVERY_LANGUAGE.sub("", text)), command


@pytest.mark.parametrize(
    ("surrounding", "language"),
    [
        ({}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "POSIX"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "en_US.UTF-8", "LC_ALL": "C"}, "zh"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": ""}, "en"),
    ],
)
def test_the_surroundings_choose_and_else_it_is_chinese(
    monkeypatch: pytest.MonkeyPatch, surrounding: dict[str, str], language: Language
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in surrounding.items():
        monkeypatch.setenv(name, value)
    assert language_here() == language


def test_what_is_asked_for_beats_the_surroundings(settings: dict[str, str]) -> None:
    for wanted, surrounding, usage in (("zh", "en_US.UTF-8", "用法："), ("en", "zh_CN.UTF-8", "Usage:")):
        for words in (("--lang", wanted, "due", "--help"), ("--lang", wanted, "-h"), ("--help", "--lang", wanted)):
            said = process(*words, settings=settings | {"LANG": surrounding})
            assert usage in said.out + said.err, words


@pytest.mark.parametrize(
    ("words", "chinese", "english"),
    [
        (
            ("findings", "--state", "lost"),
            "lianban findings: '--state' 的值不正确：「lost」不在可选范围内，可选：'待送达', ",
            "lianban findings: Invalid value for '--state': 'lost' is not one of 'open', ",
        ),
        (("due", "--colour"), "lianban due: 没有选项「--colour」（", "lianban due: No such option '--colour' ("),
        (("due",), "lianban due: 缺少选项 '--scheme'（", "lianban due: Missing option '--scheme' ("),
        (("nothing",), "lianban: 没有命令「nothing」（", "lianban: No such command 'nothing' ("),
        (
            ("calendar", "show", "1066"),
            "lianban calendar show: 'YEAR' 的值不正确：1066 不在范围 ",
            "lianban calendar show: Invalid value for 'YEAR': 1066 is not in the range ",
        ),
        (
            ("pack", "--finding", "7", "-o", "x"),
            "lianban pack: '--finding' 的值不正确：「7」不是编号",
            "lianban pack: Invalid value for '--finding': '7' is not a valid UUID",
        ),
        (
            ("calendar", "show", "2026", "--city", "武汉"),
            "lianban: 没有城市「武汉」的方案；现有：",
            "lianban: there is no plan of a city '武汉'; there are: ",
        ),
        (
            ("calendar", "import", "none.json"),
            "lianban: 无法读取 none.json（没有这个文件或文件夹）：",
            "lianban: none.json cannot be read (No such file or directory): ",
        ),
    ],
)
def test_what_is_wrong_is_said_in_the_language(lianban: Saying, words: tuple[str, ...], chinese: str, english: str) -> None:
    assert lianban("--lang", "zh", *words).err.startswith(chinese)
    assert lianban("--lang", "en", *words).err.startswith(english)


def test_a_setting_s_fault_says_which_what_and_how_to_mend_it(settings: dict[str, str]) -> None:
    given = settings | {"LIANBAN_DATABASE_URL": "mysql://db"}
    said = process("--lang", "zh", "audit", settings=given).err
    assert said == "lianban: LIANBAN_DATABASE_URL：不是可用的地址。请写作 postgresql://lianban_app:…@host/lianban。\n"
    said = process("audit", settings=given).err
    assert (
        said == "lianban: LIANBAN_DATABASE_URL: it is no address that can be called. Write it as postgresql://lianban_app:…@host/lianban\n"
    )


def test_a_choice_takes_its_code_and_its_name_in_either_language(lianban: Saying) -> None:
    token = ("token", "样例", "--party", "jm-cgw", "--scope", "cases:read", "--role")
    for language in LANGUAGES:
        for role in ("portal", "第三方平台"):
            assert "'portal'" in lianban("--lang", language, *token, role).err.replace("「", "'").replace("」", "'")


@pytest.mark.parametrize("language", LANGUAGES)
def test_click_s_own_words_keep_what_they_are_about(language: Language) -> None:
    for english, said in names("click", language).items():
        assert places(said) <= places(english)


def places(pattern: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(pattern) if name is not None}


def test_no_choice_has_two_codes_of_one_name() -> None:
    kinds = "stage", "light", "finding-state", "credit-state", "grade", "credit-role", "credit-file-part", "side", "role"
    for kind in (*kinds, "accountability-state", "settlement-state"):
        for language in LANGUAGES:
            said = list(names(kind, language).values())
            assert len(set(said)) == len(said), kind
