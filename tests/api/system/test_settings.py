"""Settings are read once and strictly; what is secret in them is never shown."""

from pathlib import Path

import pytest

from casework.settings import SettingFault, Settings, masked, read_settings, strong_data_keys, strong_secret
from tests.api.callers import DATA_KEYS

GOOD = "0123456789abcdefghijklmnopqrstuvwxyz"


def test_settings_have_the_values_of_a_first_try() -> None:
    settings = read_settings({"PATH": "/bin"})
    assert settings == Settings()
    assert (settings.host, settings.port, settings.data) == ("127.0.0.1", 8000, Path(".lianban"))


def test_every_setting_is_read() -> None:
    settings = read_settings(
        {
            "LIANBAN_DATABASE_URL": "postgresql://app:pw@db/lianban",
            "LIANBAN_OWNER_URL": "postgresql://owner:pw@db/lianban",
            "LIANBAN_REDIS_URL": "redis://:pw@cache:6379/0",
            "LIANBAN_SECRET": GOOD,
            "LIANBAN_DATA_KEYS": DATA_KEYS,
            "LIANBAN_DATA": "data",
            "LIANBAN_SCHEMES": "more:and/more",
            "LIANBAN_HOST": "0.0.0.0",  # noqa: S104 -- only read
            "LIANBAN_PORT": "0",
            "LIANBAN_LOG": "json",
            "LIANBAN_SANDBOX": "on",
        }
    )
    assert settings.schemes == (Path("more"), Path("and/more"))
    assert (settings.port, settings.log, settings.sandbox) == (0, "json", True)
    assert strong_secret(settings) == GOOD
    assert strong_data_keys(settings) == {"tests": b"keys-of-the-tests-and-nobody-els"}


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(f"{GOOD}\n")
    assert read_settings({"LIANBAN_SECRET_FILE": str(file)}).secret == GOOD


@pytest.mark.parametrize(
    ("environment", "name"),
    [
        ({"LIANBAN_PROT": "1"}, "LIANBAN_PROT"),
        ({"LIANBAN_PORT": "http"}, "LIANBAN_PORT"),
        ({"LIANBAN_PORT": "65536"}, "LIANBAN_PORT"),
        ({"LIANBAN_PORT": "-1"}, "LIANBAN_PORT"),
        ({"LIANBAN_LOG": "loud"}, "LIANBAN_LOG"),
        ({"LIANBAN_SANDBOX": "maybe"}, "LIANBAN_SANDBOX"),
        ({"LIANBAN_SECRET_FILE": "/nowhere/secret"}, "LIANBAN_SECRET_FILE"),
        ({"LIANBAN_SECRET_FILE": "/nowhere", "LIANBAN_SECRET": GOOD}, "LIANBAN_SECRET"),
    ],
)
def test_a_wrong_setting_stops_with_its_name_and_mend(environment: dict[str, str], name: str) -> None:
    with pytest.raises(SettingFault) as refused:
        read_settings(environment)
    assert refused.value.name == name
    assert refused.value.mend


@pytest.mark.parametrize("secret", [None, "short", "a" * 64])
def test_a_missing_or_weak_secret_stops_the_start(secret: str | None) -> None:
    with pytest.raises(SettingFault, match="LIANBAN_SECRET"):
        strong_secret(Settings(secret=secret))


@pytest.mark.parametrize(
    "keys",
    [
        None,
        "tests",
        "tests:c2hvcnQ=",
        "tests:" + "QUFB" * 11,
        "Tests" + DATA_KEYS[5:],
        DATA_KEYS[5:],
        f"{DATA_KEYS},",
        f"{DATA_KEYS},{DATA_KEYS}",
    ],
)
def test_a_missing_or_weak_data_key_stops_the_start_and_is_not_repeated(keys: str | None) -> None:
    with pytest.raises(SettingFault, match="LIANBAN_DATA_KEYS") as refused:
        strong_data_keys(Settings(data_keys=keys))
    assert "QUFB" not in str(refused.value)


def test_the_first_of_several_data_keys_comes_first_and_only_names_are_shown() -> None:
    other = "old:b3RoZXIta2V5cy1vZi10aGUtdGVzdHMtZm9yLW9uY2U="
    settings = Settings(data_keys=f"{DATA_KEYS}, {other}")
    assert list(strong_data_keys(settings)) == ["tests", "old"]
    assert masked(settings)["LIANBAN_DATA_KEYS"] == "tests:***, old:***"
    assert masked(Settings(data_keys=other[4:]))["LIANBAN_DATA_KEYS"] == "***"


def test_what_is_secret_is_masked() -> None:
    settings = Settings(database_url="postgresql://app:hidden@db/lianban", redis_url="redis://:hidden@cache/0", secret=GOOD)
    shown = masked(settings)
    assert shown["LIANBAN_DATABASE_URL"] == "postgresql://app:***@db/lianban"
    assert not any("hidden" in value or GOOD in value for value in shown.values())
    assert shown["LIANBAN_OWNER_URL"] == "(not set)"
