"""What holds for every command: one clear line for what went wrong, and the exit codes."""

import logging
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import asyncpg
import pytest
import structlog

from cli.main import COMMANDS, Later, group
from cli.terminal.exit_codes import EXPECTED, line_of, status_of
from cli.terminal.logs import write_logs
from tests.cli.conftest import LIANBAN, Saying, process, surroundings


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


def test_the_list_of_commands_is_in_the_order_of_use(lianban: Saying) -> None:
    said = lianban("--help")
    assert said.status == 0
    assert 0 < said.out.index(" up ") < said.out.index(" due ") < said.out.index(" openapi ")


def test_every_command_in_the_list_is_there() -> None:
    for name in COMMANDS:
        later = group.commands[name]
        assert isinstance(later, Later)
        assert later.real().name == name


@pytest.mark.parametrize("dotted", EXPECTED)
def test_every_fault_that_has_an_exit_code_is_there(dotted: str) -> None:
    module, _, name = dotted.rpartition(".")
    kind = getattr(import_module(module), name)
    assert issubclass(kind, Exception)
    assert f"{kind.__module__}.{kind.__qualname__}" == dotted, "by this it is known"


@pytest.mark.parametrize("words", [("nothing",), ("due", "--colour"), ("calendar", "show", "1066"), ("findings", "--state", "lost")])
def test_wrong_words_are_said_in_one_line(lianban: Saying, words: tuple[str, ...]) -> None:
    said = lianban(*words)
    assert said.status == 2
    assert said.err.count("\n") == 1
    assert said.err.startswith("lianban")


def test_a_wrong_setting_is_said_in_one_line(settings: dict[str, str]) -> None:
    said = process("settings", settings=settings | {"LIANBAN_PORT": "eighty"})
    assert said.status == 1
    assert said.err.startswith("lianban: LIANBAN_PORT")
    assert said.err.count("\n") == 1


def test_settings_are_shown_and_secrets_are_not(settings: dict[str, str]) -> None:
    secret = {"LIANBAN_SECRET": "correct-horse-battery-staple-42!", "LIANBAN_DATABASE_URL": "postgresql://app:hush@db/lianban"}
    said = process("settings", settings=settings | secret)
    assert said.status == 0
    assert "LIANBAN_SANDBOX" in said.out
    assert "app:***@db/lianban" in said.out
    assert "hush" not in said.out
    assert "horse" not in said.out


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LIANBAN_DATABASE_URL", "mysql://app:hush@db/lianban"),
        ("LIANBAN_DATABASE_URL", "db"),
        ("LIANBAN_OWNER_URL", "postgresql://owner:hush@db:eighty/lianban"),
        ("LIANBAN_REDIS_URL", "http://:hush@db"),
    ],
)
def test_an_address_that_cannot_be_called_is_said_without_its_password(settings: dict[str, str], name: str, value: str) -> None:
    said = process("audit", settings=settings | {name: value})
    assert said.status == 1
    assert said.err.startswith(f"lianban: {name}")
    assert said.err.count("\n") == 1
    assert "hush" not in said.err


@pytest.mark.parametrize("data", ["/proc/lianban", "/etc/passwd", "/etc/passwd/data"])
def test_a_data_folder_that_cannot_be_made_is_said_in_one_line(settings: dict[str, str], data: str) -> None:
    said = process("verify", settings=settings | {"LIANBAN_DATA": data})
    assert said.status == 1
    assert "LIANBAN_DATA" in said.err
    assert said.err.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("findings", "--from", "2026-12-01", "--to", "2026-01-01"), "after --to"),
        (("calendar", "show", "2026", "--city", "999"), "420800"),
        (("token", " ", "--party", "jm-cgw", "--scope", "cases:read"), "NAME"),
    ],
)
def test_words_that_would_quietly_give_another_answer_are_refused(lianban: Saying, words: tuple[str, ...], told: str) -> None:
    said = lianban(*words)
    assert (said.status, said.out) == (2, "")
    assert told in said.err


@pytest.mark.parametrize(
    "surrounding", [{"PYTHONIOENCODING": "ascii", "LC_ALL": "zh_CN"}, {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"}]
)
@pytest.mark.parametrize("words", [("--help",), ("due", "--scheme", "jingmen-2023", "--rule", "J-04", "--from", "2026-09-30 16:00")])
def test_a_terminal_that_says_ascii_gets_chinese_all_the_same(
    settings: dict[str, str], surrounding: dict[str, str], words: tuple[str, ...]
) -> None:
    said = process(*words, settings=settings | surrounding)
    assert (said.status, said.err) == (0, "")
    assert is_chinese(said.out)


def test_letters_that_a_terminal_has_not_are_no_fault(settings: dict[str, str]) -> None:
    said = process("scheme", "list", settings=settings | {"PYTHONIOENCODING": "latin-1"})
    assert (said.status, said.err) == (0, "")
    assert "jingmen-2023" in said.out


@pytest.mark.parametrize("words", [("openapi",), ("scheme", "list"), ("--help",)])
def test_an_output_without_room_is_said_in_one_line(settings: dict[str, str], words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*LIANBAN, *words], stdout=full, stderr=subprocess.PIPE, text=True, env=surroundings(**settings), check=False, timeout=60
        )
    assert done.returncode == 1
    assert done.stderr.startswith("lianban: what was to be written found no room (No space left on device)")
    assert done.stderr.count("\n") == 1


def test_a_database_without_room_is_said_in_one_line() -> None:
    full = asyncpg.DiskFullError("could not extend file\nHINT:  Check free disk space.")
    assert status_of(full) == 1
    assert line_of(full) == "lianban: could not extend file; HINT:  Check free disk space."


def test_a_closed_output_is_no_fault(settings: dict[str, str]) -> None:
    done = subprocess.run(
        ["sh", "-c", '"$@" >&-', "sh", *LIANBAN, "scheme", "list"],
        capture_output=True,
        env=surroundings(**settings),
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_contract_goes_to_standard_output_alone(lianban: Saying) -> None:
    said = lianban("openapi")
    assert (said.status, said.err) == (0, "")
    assert said.json["openapi"].startswith("3.")
    assert said.out.endswith("}\n")


def test_a_reader_that_leaves_early_is_no_fault(settings: dict[str, str]) -> None:
    with subprocess.Popen([*LIANBAN, "openapi"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=surroundings(**settings)) as command:
        assert command.stdout is not None
        command.stdout.close()
        _, err = command.communicate(timeout=30)
    assert err == b""


def test_a_quick_command_does_not_load_the_server(settings: dict[str, str]) -> None:
    script = "import sys; from cli.main import run; run(sys.argv[1:]); print(*sys.modules, sep='\\n')"
    words = ("due", "--scheme", "jingmen-2023", "--rule", "J-04", "--from", "2026-09-30 16:00")
    done = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, text=True, env=surroundings(**settings), check=True)
    assert not {"litestar", "piccolo", "asyncpg", "arq"} & set(done.stdout.splitlines())
    assert "calendars" in done.stdout.splitlines()


@pytest.mark.parametrize("form", ["json", "console"])
def test_a_logged_failure_shows_no_values(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = logging.root.handlers[:], logging.root.level
    try:
        write_logs(form)  # type: ignore[arg-type]  # parametrized
        _fail_with("hush")
        said = capsys.readouterr()
    finally:
        structlog.reset_defaults()
        logging.root.handlers[:], logging.root.level = before
    assert said.out == ""
    assert said.err.count("ZeroDivisionError") >= 2
    assert said.err.count("_fail_with") >= 2
    assert "hush" not in said.err


def _fail_with(password: str) -> None:
    try:
        assert password
        _ = 1 // 0
    except ZeroDivisionError:
        structlog.get_logger().exception("ours")
        logging.getLogger("theirs").exception("theirs")
