"""What Binance's error codes prove.

Sources: Binance spot REST docs (errors), wallet docs (error-code); 32110 and -9000 are undocumented and
were met by live users. A code decides before ccxt's class does: on other hosts than Binance's own, ccxt no
longer knows the -5xxx codes, and -2015 changes its class after a first success.
"""

import re
from datetime import timedelta

from dust.conversion import RefusalKind

KEY_CODES = frozenset({"-1002", "-1022", "-1099", "-2008", "-2014", "-2015", "-4004"})
CLOCK_CODES = frozenset({"-1021"})
LIMIT_CODES = frozenset({"-1003", "-1015", "-12014"})
MAINTENANCE_CODES = frozenset({"1"})

#: Proofs that a converting request was not carried out. Anything else is unknown.
REFUSALS: dict[str, RefusalKind] = {
    "-5001": RefusalKind.NOT_SUPPORTED,
    "-5002": RefusalKind.INSUFFICIENT,
    "-5003": RefusalKind.INSUFFICIENT,
    "-5013": RefusalKind.INSUFFICIENT,
    "-5004": RefusalKind.ABOVE_CEILING,
    "-9000": RefusalKind.ABOVE_CEILING,
    "-5005": RefusalKind.TOO_SMALL,
    "-5006": RefusalKind.COOLDOWN,
    "32110": RefusalKind.COOLDOWN,
    "-5007": RefusalKind.OTHER,
    "-5008": RefusalKind.OTHER,
    "-5009": RefusalKind.OTHER,
    "-1011": RefusalKind.OTHER,
    "-1013": RefusalKind.OTHER,
    "-1016": RefusalKind.OTHER,
    "-1020": RefusalKind.OTHER,
    **{f"-{number}": RefusalKind.OTHER for number in range(1100, 1107)},
    "-1111": RefusalKind.OTHER,
    "-1121": RefusalKind.OTHER,
    "-1128": RefusalKind.OTHER,
    "-1130": RefusalKind.OTHER,
    "-1131": RefusalKind.OTHER,
    **dict.fromkeys(KEY_CODES, RefusalKind.KEY_REJECTED),
    **dict.fromkeys(CLOCK_CODES, RefusalKind.CLOCK),
    **dict.fromkeys(LIMIT_CODES, RefusalKind.RATE_LIMITED),
}

_PAUSE = re.compile(r"once (?:within|in|every) (\d+) ?h", re.IGNORECASE)


def told_cooldown(message: str) -> timedelta | None:
    """The length that a refusal names: "once within 1 hour", "once in 24 hours"."""
    found = _PAUSE.search(message)
    return timedelta(hours=int(found[1])) if found else None


def refusal_kind(code: str, message: str) -> RefusalKind | None:
    """The proven "no" behind a code and its text; None where it proves nothing."""
    if code and told_cooldown(message) is not None:
        return RefusalKind.COOLDOWN
    return REFUSALS.get(code)


def named_asset(message: str, sent: tuple[str, ...]) -> str | None:
    """The token of the batch that the text names as a word of its own, if it is exactly one."""
    words = set(re.split(r"[\s,.;:'\"()\[\]]+", message))
    named = [asset for asset in sent if asset in words]
    return named[0] if len(named) == 1 else None
