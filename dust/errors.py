"""What can go wrong, named by what the operator should do.

DustError
├── ExchangeUnavailable     heals by itself: wait
│   ├── RateLimited         heals at a known time
│   └── UnderMaintenance    heals when the exchange says so
├── CredentialsRejected     needs a human: the key or its permissions
└── ExchangeRefused         the exchange said no to a reading, for a reason of its own
    └── TargetNotOffered    it converts dust, but not into that

The results of a conversion are values (`dust.conversion`), never exceptions.
"""

from datetime import datetime

from dust.refusal import RefusalKind


class DustError(Exception):
    """Something kept Dustpan from answering."""


class ExchangeUnavailable(DustError):
    """The exchange could not be reached, or its answer made no sense. It is asked again later."""


class RateLimited(ExchangeUnavailable):
    """The exchange asked for a pause; no call goes to its host before `until` (aware UTC)."""

    def __init__(self, until: datetime) -> None:
        super().__init__("the exchange asked for a pause")
        self.until = until


class UnderMaintenance(ExchangeUnavailable):
    """The exchange is under maintenance."""


class CredentialsRejected(DustError):
    """The exchange does not accept the key, its signature, its address or its permissions.

    `code` is the exchange's own number for it, empty when it gave none.
    """

    def __init__(self, code: str = "") -> None:
        super().__init__("the exchange rejected the API key")
        self.code = code


class ExchangeRefused(DustError):
    """The exchange answered a reading with a refusal. `code` and `message` are its own words."""

    def __init__(self, code: str, message: str, kind: RefusalKind = RefusalKind.OTHER) -> None:
        super().__init__(f"the exchange refused: {code}")
        self.code = code
        self.message = message
        self.kind = kind


class TargetNotOffered(ExchangeRefused):
    """The exchange does not convert this account's dust into `target`."""

    def __init__(self, target: str, code: str = "", message: str = "") -> None:
        super().__init__(code, message)
        self.target = target
