"""What good settings become."""

from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.environment import load_settings
from bot.settings import Settings
from tests.bot.conftest import GOOD, Load

PEM_LINES = (
    "-----BEGIN PRIVATE KEY-----",
    "MC4CAQAwBQYDK2VwBCIEIMadeUpForThisTestOnlyAndOfNoUseAtAll0123456",
    "-----END PRIVATE KEY-----",
)


def test_the_smallest_environment_gives_the_documented_defaults(load: Load) -> None:
    settings = load()
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.allowed_chats == frozenset()
    assert settings.allowed_users == frozenset()
    assert settings.database_path == Path("data/dustpan.sqlite3")
    assert settings.check_interval == timedelta(minutes=15)
    assert (settings.log_level, settings.log_format) == ("INFO", "text")
    assert list(settings.accounts) == ["main"]
    assert settings.accounts["main"].exchange == "binance"
    assert settings.accounts["main"].api_url is None


def test_people_of_the_private_chats_may_convert_unless_others_are_named(load: Load) -> None:
    assert load(ALLOWED_CHATS="12, -1001234567890,34,").allowed_users == {12, 34}
    assert load(ALLOWED_CHATS="12,-5", ALLOWED_USERS="99").allowed_users == {99}


def test_further_accounts_stand_beside_main(load: Load) -> None:
    settings = load(
        ACCOUNTS__Spot_2__API_KEY="123456",
        ACCOUNTS__Spot_2__API_SECRET="null",
        ACCOUNTS__Spot_2__API_URL="http://127.0.0.1:8081/",
    )
    assert sorted(settings.accounts) == ["main", "spot_2"]
    assert settings.accounts["spot_2"].secrets() == ("123456", "null")
    assert settings.accounts["spot_2"].api_url == "http://127.0.0.1:8081"
    assert settings.accounts["main"].secrets() == (
        GOOD["EXCHANGE_API_KEY"],
        GOOD["EXCHANGE_API_SECRET"],
    )


def test_upper_and_lower_case_and_slashes_do_not_matter(load: Load) -> None:
    settings = load(
        EXCHANGE="Binance",
        LOG_LEVEL="debug",
        LOG_FORMAT="JSON",
        TELEGRAM_API_URL="http://localhost:8081/",
    )
    assert settings.accounts["main"].exchange == "binance"
    assert (settings.log_level, settings.log_format) == ("DEBUG", "json")
    assert settings.telegram_api_url == "http://localhost:8081"


@pytest.mark.parametrize("line_break", ["\n", "\r\n", r"\n"])
def test_a_private_key_is_accepted_with_any_line_breaks(load: Load, line_break: str) -> None:
    written = line_break.join((*PEM_LINES, ""))
    settings = load(EXCHANGE_API_SECRET=written)
    assert "\n".join(PEM_LINES) in settings.secrets()


def test_the_environment_wins_over_the_file(load: Load) -> None:
    Path(".env").write_text(
        "EXCHANGE_API_KEY=ofTheFile\nCHECK_INTERVAL=7s # fast\nLOG_LEVEL='ERROR'\n"
    )
    settings = load(LOG_LEVEL="DEBUG")
    assert settings.check_interval == timedelta(seconds=7)
    assert settings.log_level == "DEBUG"
    assert settings.accounts["main"].secrets()[0] == GOOD["EXCHANGE_API_KEY"]


def test_the_file_alone_is_enough_even_with_a_byte_order_mark_and_quotes() -> None:
    lines = [f'{name}="{value}"' for name, value in GOOD.items()]
    Path("own.env").write_text("\ufeff" + "\n".join(lines), encoding="utf-8")
    assert load_settings("own.env").secrets() == tuple(GOOD.values())


def test_no_secret_shows_in_the_settings(load: Load) -> None:
    settings = load(ACCOUNTS__A__API_KEY="furtherKey1", ACCOUNTS__A__API_SECRET="furtherSecret1")
    shown = f"{settings!r} {settings} {settings.accounts} {settings.model_dump_json()}"
    assert set(settings.secrets()) == {*GOOD.values(), "furtherKey1", "furtherSecret1"}
    assert not [secret for secret in settings.secrets() if secret in shown]


def test_settings_do_not_change(load: Load) -> None:
    settings = load()
    with pytest.raises(ValidationError):
        settings.log_level = "DEBUG"


def test_settings_made_in_code_read_neither_file_nor_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    poison = {
        **GOOD,
        "ALLOWED_CHATS": "666",
        "CHECK_INTERVAL": "66s",
        "LOG_LEVEL": "ERROR",
        "TELEGRAM_API_URL": "https://poison.example",
        "EXCHANGE_API_URL": "https://poison.example",
        "EXCHANGE_API_PASSWORD": "poison",
        "ACCOUNTS__POISON__API_KEY": "poison",
    }
    for name, value in poison.items():
        monkeypatch.setenv(name, value)
    Path(".env").write_text("".join(f"{name}={value}\n" for name, value in poison.items()))
    own = {"api_key": "ownKey", "api_secret": "ownSecret"}
    token = "1:ownTokenOfThisTestAlone"

    settings = Settings.in_code(telegram_token=token, accounts={"main": own})

    assert settings.secrets() == (token, "ownKey", "ownSecret")
    assert list(settings.accounts) == ["main"]
    assert settings.accounts["main"].api_url is None
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.allowed_chats == frozenset()
    assert settings.check_interval == timedelta(minutes=15)
    assert settings.log_level == "INFO"


@pytest.mark.parametrize("chat", [True, 123.0, "123"])
def test_only_whole_numbers_are_ids_in_code(chat: object) -> None:
    with pytest.raises(ValidationError):
        Settings.in_code(
            telegram_token=GOOD["TELEGRAM_TOKEN"],
            allowed_chats=[chat],
            accounts={"main": {"api_key": "k", "api_secret": "s"}},
        )
