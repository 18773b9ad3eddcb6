"""`.env.example` says the truth."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.environment import known_variables, load_settings
from bot.settings import Settings
from bot.start_problems import SettingsProblem
from tests.bot.conftest import GOOD, Load

EXAMPLE = Path(__file__).parents[2] / ".env.example"
TEXT = EXAMPLE.read_text(encoding="utf-8")
WRITTEN = dict(re.findall(r"^#?([A-Z_]+)=(.*)$", TEXT, re.MULTILINE))


def test_it_holds_every_variable_and_no_other() -> None:
    assert sorted(WRITTEN) == sorted(known_variables())


def test_a_fresh_copy_lacks_only_the_secrets() -> None:
    with pytest.raises(SettingsProblem) as refused:
        load_settings(EXAMPLE)
    assert [sentence.split(":")[0] for sentence in refused.value.sentences] == [
        f"{name} is missing" for name in GOOD
    ]


def test_the_values_in_it_are_the_defaults(load: Load) -> None:
    defaults = load()
    Path(".env").write_text(TEXT)
    assert load() == defaults
    Path(".env").write_text(TEXT.replace("=15m", "=16m"))
    assert load().check_interval == timedelta(minutes=16)


def test_a_further_account_can_be_switched_on_as_shown(load: Load) -> None:
    shown = TEXT.replace("#ACCOUNTS__NAME", "ACCOUNTS__SECOND")
    shown = re.sub(r"(SECOND__API_(?:KEY|SECRET))=", r"\1=abc", shown)
    Path(".env").write_text(shown)
    settings: Settings = load()
    assert settings.accounts["second"].secrets() == ("abc", "abc")
