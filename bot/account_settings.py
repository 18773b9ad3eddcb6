"""The settings of one exchange account."""

import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationInfo,
    field_validator,
)

from bot.setting_values import plain_secret, root_url, signing_secret

MAIN = "main"

_HOW_TO_GET_A_KEY = "create an API key at {exchange} (trading on, withdrawals off) and put it in"
_WHERE_TO_FIND_IT = "put in what {exchange} showed when the API key was created"


@dataclass(frozen=True, slots=True)
class ExchangeKeys:
    """How an exchange is called, and whether its API keys have a password."""

    title: str
    has_password: bool


SUPPORTED = {"binance": ExchangeKeys("Binance", has_password=False)}


def _exchange(raw: str) -> str:
    name = raw.strip().lower()
    if name not in SUPPORTED:
        raise ValueError(f"is not an exchange that Dustpan knows: choose {', '.join(SUPPORTED)}")
    return name


def _account_name(raw: str) -> str:
    if raw.lower() == MAIN and raw != MAIN:
        raise ValueError(
            "is taken: the account “main” is set by EXCHANGE, EXCHANGE_API_KEY, EXCHANGE_API_SECRET"
        )
    if not re.fullmatch(r"[a-z0-9_]{1,16}", raw):
        raise ValueError(
            "does not name an account: use 1 to 16 letters, digits and “_” in place of NAME"
        )
    return raw


AccountName = Annotated[str, AfterValidator(_account_name)]


class AccountSettings(BaseModel):
    """One exchange account. `api_url` None means the exchange's own hosts."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    exchange: Annotated[str, AfterValidator(_exchange)] = "binance"
    api_key: SecretStr | None = Field(default=None, validate_default=True)
    api_secret: SecretStr | None = Field(default=None, validate_default=True)
    api_password: SecretStr | None = Field(default=None, validate_default=True)
    api_url: Annotated[str, BeforeValidator(root_url)] | None = None
    chats: None = None

    @field_validator("api_key", mode="before")
    @classmethod
    def _key(cls, raw: object, info: ValidationInfo) -> str | None:
        return plain_secret(raw) if _is_given(raw, info, _HOW_TO_GET_A_KEY) else None

    @field_validator("api_secret", mode="before")
    @classmethod
    def _secret(cls, raw: object, info: ValidationInfo) -> str | None:
        return signing_secret(raw) if _is_given(raw, info, _WHERE_TO_FIND_IT) else None

    @field_validator("api_password", mode="before")
    @classmethod
    def _password(cls, raw: object, info: ValidationInfo) -> str | None:
        keys = _keys(info)
        if raw and keys and not keys.has_password:
            raise ValueError(
                f"is not for {keys.title}, whose API keys have no password: remove the line"
            )
        if keys is None or not keys.has_password:
            return None
        return plain_secret(raw) if _is_given(raw, info, _WHERE_TO_FIND_IT) else None

    @field_validator("chats", mode="before")
    @classmethod
    def _chats(cls, raw: object) -> None:
        if raw is not None:
            raise ValueError(
                "is not served yet: remove the line; every allowed chat sees every account"
            )

    def secrets(self) -> tuple[str, ...]:
        """What must never be shown or logged."""
        held = (self.api_key, self.api_secret, self.api_password)
        return tuple(secret.get_secret_value() for secret in held if secret is not None)


def _keys(info: ValidationInfo) -> ExchangeKeys | None:
    """None when the exchange itself is wrong: then nothing can be said about its keys."""
    return SUPPORTED.get(info.data.get("exchange", ""))


def _is_given(raw: object, info: ValidationInfo, cure: str) -> bool:
    if raw:
        return True
    keys = _keys(info)
    if keys is not None:
        raise ValueError(f"is missing: {cure.format(exchange=keys.title)}")
    return False
