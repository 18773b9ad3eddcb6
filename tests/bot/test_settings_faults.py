"""What a person reads who got a setting wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.environment import load_settings
from bot.start_problems import SettingsProblem
from tests.bot.conftest import GOOD, Load

Faults = Callable[..., tuple[str, ...]]

BODY = "MC4CAQAwBQYDK2VwBCIEIMadeUp"
TOKEN = GOOD["TELEGRAM_TOKEN"]


@pytest.mark.parametrize(
    ("variable", "bad", "told"),
    [
        ("TELEGRAM_TOKEN", None, "is missing: put in the token that @BotFather gave you"),
        ("TELEGRAM_TOKEN", "AAf4keTokenOfNobody", "is not a bot token"),
        ("TELEGRAM_TOKEN", f"bot{TOKEN}", "leave that out"),
        ("TELEGRAM_TOKEN", f'"{TOKEN}"', "has quotes around its value: remove them"),
        ("TELEGRAM_TOKEN", TOKEN.replace(":", ": "), "has a space or a line break inside"),
        ("TELEGRAM_API_URL", "api.telegram.org", "is not a URL"),
        ("TELEGRAM_API_URL", "http://api.telegram.org", "unencrypted"),
        ("TELEGRAM_API_URL", "http://localhost.example.com", "unencrypted"),
        ("TELEGRAM_API_URL", "ftp://127.0.0.1", "is not a URL"),
        ("TELEGRAM_API_URL", "https://[::1", "is not a URL"),
        ("TELEGRAM_API_URL", "https://host:port", "is not a URL"),
        ("TELEGRAM_API_URL", "https://me:pass@host", "leave out user name"),
        ("ALLOWED_CHATS", "@my_name", "has a name as entry 1"),
        ("ALLOWED_CHATS", "12,True", "has a name as entry 2"),
        ("ALLOWED_CHATS", "123.0", "entry 1 that is no id"),
        ("ALLOWED_CHATS", "12 34", "entry 1 that is no id"),
        ("ALLOWED_CHATS", "0", "entry 1 that is no id"),
        ("ALLOWED_CHATS", "'12'", "has quotes around entry 1"),
        ("ALLOWED_USERS", "-1001234567890", "holds the id of a group"),
        ("EXCHANGE", "krakn", "is not an exchange that Dustpan knows: choose binance"),
        ("EXCHANGE_API_KEY", None, "is missing: create an API key at Binance"),
        ("EXCHANGE_API_KEY", "'abc'", "has quotes"),
        ("EXCHANGE_API_SECRET", None, "is missing: put in what Binance showed"),
        ("EXCHANGE_API_SECRET", "abc def", "has a space"),
        ("EXCHANGE_API_SECRET", "-----BEGIN PRIVATE KEY-----", "only a part of a private key"),
        (
            "EXCHANGE_API_SECRET",
            f"-----BEGIN PUBLIC KEY-----\n{BODY}\n-----END PUBLIC KEY-----",
            "is a public key",
        ),
        (
            "EXCHANGE_API_SECRET",
            f"-----BEGIN ENCRYPTED PRIVATE KEY-----\n{BODY}\n-----END ENCRYPTED PRIVATE KEY-----",
            "behind a passphrase",
        ),
        ("EXCHANGE_API_PASSWORD", "hunter2", "is not for Binance"),
        ("EXCHANGE_API_URL", "http://exchange.example", "unencrypted"),
        ("DATABASE_PATH", ".", "names a folder"),
        ("CHECK_INTERVAL", "15", "is not a duration"),
        ("CHECK_INTERVAL", "1s", "the shortest is 2s"),
        ("LOG_LEVEL", "LOUD", "must be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
        ("LOG_FORMAT", "xml", "must be 'text' or 'json'"),
        ("ACCOUNTS", "spot", "can't be set as a whole"),
    ],
)
def test_each_fault_is_one_sentence_with_the_variable_and_the_cure(
    faults: Faults, variable: str, bad: str | None, told: str
) -> None:
    sentence = faults(**{variable: bad})[-1]
    assert sentence.startswith(f"{variable} ")
    assert told in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("variable", "named", "told"),
    [
        ("ACCOUNTS__SPOT__CHATS", "ACCOUNTS__SPOT__CHATS", "is not served yet"),
        ("ACCOUNTS__SPOT__APIKEY", "ACCOUNTS__SPOT__APIKEY", "write ACCOUNTS__SPOT__API_KEY"),
        ("ACCOUNTS__SPOT__API_KEY__X", "ACCOUNTS__SPOT__API_KEY", "must be text"),
        ("ACCOUNTS__MAIN__API_KEY", "ACCOUNTS__MAIN__…", "is taken"),
        ("ACCOUNTS__my-own__API_KEY", "ACCOUNTS__MY-OWN__…", "does not name an account"),
        ("ACCOUNTS__SEVENTEEN_LETTERS__API_KEY", "ACCOUNTS__SEVENTEEN_LETTERS__…", "1 to 16"),
        ("ACCOUNTS__SPOT", "ACCOUNTS__SPOT", "see .env.example"),
    ],
)
def test_faults_of_further_accounts_name_their_variables(
    faults: Faults, variable: str, named: str, told: str
) -> None:
    assert any(s.startswith(f"{named} ") and told in s for s in faults(**{variable: "abc"}))


def test_an_account_that_can_not_be_is_not_asked_for_its_keys(faults: Faults) -> None:
    assert len(faults(ACCOUNTS__MAIN__API_KEY="abc")) == 1


def test_all_faults_are_told_at_once_and_each_once(faults: Faults) -> None:
    told = faults(
        TELEGRAM_TOKEN="short",
        ALLOWED_CHATS="@me",
        EXCHANGE_API_KEY=None,
        EXCHANGE_API_SECRET="two words",
        CHECK_INTERVAL="soon",
        LOG_FORMAT="xml",
        ACCOUNTS__B__EXCHANGE="nowhere",
    )
    named = [sentence.split()[0] for sentence in told if not sentence.startswith("There is no")]
    assert sorted(named) == [
        "ACCOUNTS__B__EXCHANGE",
        "ALLOWED_CHATS",
        "CHECK_INTERVAL",
        "EXCHANGE_API_KEY",
        "EXCHANGE_API_SECRET",
        "LOG_FORMAT",
        "TELEGRAM_TOKEN",
    ]


def test_no_value_is_repeated_in_sentences_or_traceback(load: Load) -> None:
    values = {
        name: f"Unrepeatable {place}"
        for place, name in enumerate([*GOOD, "EXCHANGE_API_PASSWORD", "ALLOWED_CHATS", "LOG_LEVEL"])
    }
    with pytest.raises(SettingsProblem) as refused:
        load(**values)
    assert "Unrepeatable" not in str(refused.value)
    assert len(refused.value.sentences) == len(values)
    assert refused.value.__cause__ is None
    assert refused.value.__context__ is None


def test_a_typing_error_in_the_file_is_named_with_what_was_meant(faults: Faults) -> None:
    Path(".env").write_text("TELEGARM_TOKEN=secretAnyway\nCOMPOSE_PROJECT_NAME=secretAnyway\n")
    assert faults() == (
        "TELEGARM_TOKEN is not a setting of Dustpan: write TELEGRAM_TOKEN if you mean that.",
        "COMPOSE_PROJECT_NAME is not a setting of Dustpan: remove it; .env.example lists them all.",
    )


def test_a_private_key_cut_at_its_first_line_is_told(faults: Faults) -> None:
    pem = f"-----BEGIN PRIVATE KEY-----\n{BODY}\n-----END PRIVATE KEY-----"
    Path(".env").write_text(f"EXCHANGE_API_SECRET={pem}\n")
    assert "put double quotes around all of its lines" in faults(EXCHANGE_API_SECRET=None)[0]


def test_without_a_file_one_is_told_how_to_make_it(faults: Faults) -> None:
    nothing: dict[str, None] = dict.fromkeys(GOOD)
    assert "copy .env.example to .env" in faults(**nothing)[0]
    Path(".env").touch()
    assert not any("copy .env.example" in sentence for sentence in faults(**nothing))


def test_a_file_that_is_no_text_is_a_sentence() -> None:
    Path(".env").write_bytes(b"TELEGRAM_TOKEN=\xff\xfe")
    with pytest.raises(SettingsProblem, match=r"\.env can't be read"):
        load_settings()
