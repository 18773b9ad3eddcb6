"""Reads the settings from `.env` and the environment, and says in sentences what is wrong with them."""

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.account_settings import MAIN, AccountSettings
from bot.settings import DEFAULT_DATABASE, DatabasePath, Settings
from bot.start_problems import SettingsProblem

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_OF_MAIN = {
    field: "exchange" if field == "exchange" else f"exchange_{field}"
    for field in AccountSettings.model_fields
    if field != "chats"
}
_IS_MISSING = "is missing"


def load_settings(env_file: str | Path = ".env") -> Settings:
    """The settings of the environment, and of the file where the environment is silent.

    Raises SettingsProblem with one sentence for each fault.
    """
    try:
        return _FromEnvironment(_env_file=env_file)  # type: ignore[call-arg]
    except ValidationError as problem:
        sentences = _sentences(problem)
    except (OSError, UnicodeDecodeError):
        sentences = [f"{env_file} can't be read: save it as plain text that this user may read."]
    if not Path(env_file).exists() and any(_IS_MISSING in sentence for sentence in sentences):
        sentences.insert(
            0, f"There is no {env_file} here: copy .env.example to .env and fill it in."
        )
    raise SettingsProblem(*sentences)


def load_database_path(env_file: str | Path = ".env") -> Path:
    """DATABASE_PATH alone, whatever else is set or missing. Raises SettingsProblem."""
    try:
        return _PlaceOfDatabase(_env_file=env_file).database_path  # type: ignore[call-arg]
    except ValidationError as problem:
        raise SettingsProblem(*_sentences(problem)) from None
    except (OSError, UnicodeDecodeError):
        raise SettingsProblem(
            f"{env_file} can't be read: save it as plain text that this user may read."
        ) from None


def known_variables(account: str = "NAME") -> list[str]:
    """Every variable there is, those of a further account under the given name."""
    general = [name for name in Settings.model_fields if name != "accounts"]
    further = [f"accounts__{account}__{field}" for field in AccountSettings.model_fields]
    return [name.upper() for name in (*general, *_OF_MAIN.values(), *further)]


class _PlaceOfDatabase(BaseSettings):
    model_config = SettingsConfigDict(
        extra="ignore",
        hide_input_in_errors=True,
        env_ignore_empty=True,
        env_file_encoding="utf-8-sig",
    )

    database_path: DatabasePath = DEFAULT_DATABASE


class _FromEnvironment(Settings):
    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        for source in (env_settings, dotenv_settings):
            if isinstance(source, EnvSettingsSource):
                source.env_vars = _with_main_spelt_out(source.env_vars)
        return (env_settings, dotenv_settings)


def _with_main_spelt_out(variables: Mapping[str, str | None]) -> dict[str, str | None]:
    """EXCHANGE* as what they are, the account "main" (names arrive in lower case).

    An ACCOUNTS__MAIN__* is given a name that no account can have, so that it is refused.
    """
    prefix = f"accounts__{MAIN}__"
    spelt = {short: prefix + field for field, short in _OF_MAIN.items()}
    refused = f"accounts__{MAIN.upper()}__"
    return {
        spelt.get(name, name.replace(prefix, refused, 1) if name.startswith(prefix) else name): text
        for name, text in variables.items()
    }


def _sentences(problem: ValidationError) -> list[str]:
    faults = [fault for fault in problem.errors() if fault["type"] != "default_factory_not_called"]
    misnamed = {fault["loc"][1] for fault in faults if fault["loc"][-1] == "[key]"}
    return [
        f"{_variable(fault['loc'])} {_what_is_wrong(fault)}."
        for fault in faults
        if fault["loc"][-1] == "[key]" or not misnamed.intersection(fault["loc"][1:2])
    ]


def _variable(place: tuple[int | str, ...]) -> str:
    match place:
        case ("accounts", name, "[key]"):
            return f"ACCOUNTS__{name}__…".upper()
        case ("accounts", name, field, *_) if name == MAIN:
            return _OF_MAIN.get(str(field), str(field)).upper()
        case ("accounts", *parts):
            return "__".join(["accounts", *map(str, parts[:2])]).upper()
    return str(place[0]).upper()


def _what_is_wrong(fault: "ErrorDetails") -> str:
    match fault["type"]:
        case "value_error":
            return str(fault["ctx"]["error"])
        case "missing":
            return f"{_IS_MISSING}: put in the token that @BotFather gave you"
        case "literal_error":
            return f"must be {fault['ctx']['expected']}"
        case "extra_forbidden":
            return _unknown(fault["loc"])
    return "can't be understood: see .env.example for how it is written"


def _unknown(place: tuple[int | str, ...]) -> str:
    account = str(place[1]) if len(place) > 1 else "NAME"
    nearest = get_close_matches(_variable(place), known_variables(account), n=1, cutoff=0.75)
    cure = (
        f"write {nearest[0]} if you mean that"
        if nearest
        else "remove it; .env.example lists them all"
    )
    return f"is not a setting of Dustpan: {cure}"
