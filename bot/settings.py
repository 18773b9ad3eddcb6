"""The settings of the process: values only. `bot.environment` reads them from `.env` and environment."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    StrictInt,
    field_validator,
)
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.account_settings import MAIN, AccountName, AccountSettings
from bot.setting_values import ids, root_url, token
from dust.durations import parse_duration

DEFAULT_DATABASE = Path("data/dustpan.sqlite3")
SHORTEST_INTERVAL = timedelta(seconds=2)


def _interval(raw: object) -> object:
    if not isinstance(raw, str):
        return raw
    try:
        return parse_duration(raw)
    except ValueError as problem:
        raise ValueError(f"is not a duration: {problem}") from None


def _long_enough(interval: timedelta) -> timedelta:
    if interval < SHORTEST_INTERVAL:
        raise ValueError("is too short: the shortest is 2s")
    return interval


def _positive(users: frozenset[int]) -> frozenset[int]:
    if any(user <= 0 for user in users):
        raise ValueError("holds the id of a group: people have ids above zero")
    return users


def _file(path: Path) -> Path:
    path = path.expanduser()
    if path.is_dir():
        raise ValueError("names a folder: name a file in it, like data/dustpan.sqlite3")
    return path


def _private_chats(data: dict[str, Any]) -> frozenset[int]:
    return frozenset(chat for chat in data["allowed_chats"] if chat > 0)


def _upper(raw: object) -> object:
    return raw.strip().upper() if isinstance(raw, str) else raw


def _lower(raw: object) -> object:
    return raw.strip().lower() if isinstance(raw, str) else raw


DatabasePath = Annotated[Path, AfterValidator(_file)]
Ids = Annotated[frozenset[StrictInt], NoDecode, BeforeValidator(ids)]
RootUrl = Annotated[str, BeforeValidator(root_url)]


class Settings(BaseSettings):
    """What the process was told. Building one reads neither `.env` nor the environment.

    Chat ids are Telegram's: above zero a private chat (and its person), below zero a group.
    """

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        env_nested_delimiter="__",
        env_ignore_empty=True,
        env_file_encoding="utf-8-sig",
    )

    telegram_token: Annotated[SecretStr, BeforeValidator(token)]
    telegram_api_url: RootUrl = "https://api.telegram.org"
    allowed_chats: Ids = frozenset()
    allowed_users: Annotated[Ids, AfterValidator(_positive)] = Field(default_factory=_private_chats)
    accounts: Annotated[dict[AccountName, AccountSettings], NoDecode] = Field(
        default={}, validate_default=True
    )
    database_path: DatabasePath = DEFAULT_DATABASE
    check_interval: Annotated[
        timedelta, BeforeValidator(_interval), AfterValidator(_long_enough)
    ] = timedelta(minutes=15)
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_upper)] = (
        "INFO"
    )
    log_format: Annotated[Literal["text", "json"], BeforeValidator(_lower)] = "text"

    @classmethod
    def in_code(cls, **values: Any) -> Self:
        """Settings from these values alone, for the demo and tests; raises pydantic's ValidationError."""
        return cls(**values)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The arguments only."""
        return (init_settings,)

    @field_validator("accounts", mode="before")
    @classmethod
    def _with_main(cls, raw: object) -> object:
        if not isinstance(raw, dict):
            raise ValueError("can't be set as a whole: write ACCOUNTS__NAME__API_KEY and so on")
        return {MAIN: {}, **raw}

    def secrets(self) -> tuple[str, ...]:
        """What must never be shown or logged."""
        held = [secret for account in self.accounts.values() for secret in account.secrets()]
        return (self.telegram_token.get_secret_value(), *held)
