"""What the API key may do and how the account stands; every switch may be turned at any time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(slots=True)
class ApiKey:
    """The one key of the emulated account. It starts as a key made for dust: read and trade.

    ``trading`` is "Enable Spot & Margin Trading". ``ip_allowed`` is whether the caller's address
    is on the key's list, which matters only while ``ip_restricted``. ``api_secret`` is the shared
    secret of an HMAC key, or the public half (PEM) of an Ed25519 or RSA pair.
    """

    api_key: str
    api_secret: str
    reading: bool = True
    trading: bool = True
    withdrawals: bool = False
    internal_transfer: bool = False
    margin: bool = False
    futures: bool = False
    ip_restricted: bool = True
    ip_allowed: bool = True
    revoked: bool = False
    created: datetime = datetime(2025, 1, 1, tzinfo=UTC)

    @property
    def usable(self) -> bool:
        return not self.revoked and (self.ip_allowed or not self.ip_restricted)


@dataclass(slots=True)
class AccountState:
    """Answers of account/status, account/apiTradingStatus and bnbBurn."""

    status: str = "Normal"
    trading_locked: bool = False
    locked_until: datetime | None = None
    uid: int = 354937868
    spot_bnb_burn: bool = False
    interest_bnb_burn: bool = False
