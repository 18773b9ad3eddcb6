"""Every error code of Binance's that is known: what it means, how well that is known, and what it proves.

To add a code, add a row. Sources: the spot and wallet error pages ("Error codes", "Filter failures",
"Messages for -1010, -2010, -2011"); reports from public programs and their issues, where so marked.
"""

from dataclasses import dataclass
from enum import StrEnum

from dust.refusal import RefusalKind as Kind
from dust.remedy import Remedy


class Evidence(StrEnum):
    """How well the meaning of a code is known. Nobody outside Binance has seen all of them."""

    DOCUMENTED = "documented"
    REPORTED = "reported"  # met by others, or in the tables of a widely used client
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class Row:
    """One code. `name` is Binance's own, where it has one.

    `proves` names the requests for which it proves that nothing was executed; for all others the outcome
    stays unknown until it is looked up. A row with a `text` is meant where the message holds it, in any case
    of letters; `number` None: whatever the code.
    """

    number: int | None
    kind: Kind
    name: str
    evidence: Evidence
    proves: frozenset[Remedy] = frozenset()
    text: str = ""

    def fits(self, number: int | None, message: str) -> bool:
        """Whether an answer with this code and message is meant."""
        return self.number in (None, number) and self.text.lower() in message.lower()


D, I, A = Evidence.DOCUMENTED, Evidence.REPORTED, Evidence.ASSUMED  # noqa: E741 - columns of a table
#: What a code proves. Requests are checked before any of them is carried out: those codes prove it for all.
ALL, DUST, SALE = frozenset(Remedy), frozenset({Remedy.DUST}), frozenset({Remedy.SALE})
NONE: frozenset[Remedy] = frozenset()

_REQUEST = (
    Row(-1002, Kind.NOT_OPEN, "UNAUTHORIZED", D, ALL),
    Row(-1021, Kind.CLOCK, "INVALID_TIMESTAMP", D, ALL),
    Row(-1022, Kind.KEY_REJECTED, "INVALID_SIGNATURE", D, ALL),
    Row(-1099, Kind.KEY_REJECTED, "not found, authenticated, or authorized", I),
    Row(-2008, Kind.KEY_REJECTED, "BAD_API_ID", D, ALL),
    Row(-2014, Kind.KEY_REJECTED, "BAD_API_KEY_FMT", D, ALL),
    Row(-2015, Kind.KEY_REJECTED, "REJECTED_MBX_KEY", D, ALL),
    Row(-4004, Kind.KEY_REJECTED, "not logged in", I),
    Row(None, Kind.KEY_REJECTED, "permission missing", I, text="You don't have permission"),
    Row(-1003, Kind.RATE_LIMITED, "TOO_MANY_REQUESTS", D, ALL),
    Row(-1015, Kind.RATE_LIMITED, "TOO_MANY_ORDERS", D, ALL),
    Row(-12014, Kind.RATE_LIMITED, "more than one request in some seconds", I),
    Row(-1100, Kind.BAD_REQUEST, "ILLEGAL_CHARS", D, ALL),
    Row(-1101, Kind.BAD_REQUEST, "TOO_MANY_PARAMETERS", D, ALL),
    Row(-1102, Kind.BAD_REQUEST, "MANDATORY_PARAM_EMPTY_OR_MALFORMED", D, ALL),
    Row(-1103, Kind.BAD_REQUEST, "UNKNOWN_PARAM", D, ALL),
    Row(-1104, Kind.BAD_REQUEST, "UNREAD_PARAMETERS", D, ALL),
    Row(-1105, Kind.BAD_REQUEST, "PARAM_EMPTY", D, ALL),
    Row(-1106, Kind.BAD_REQUEST, "PARAM_NOT_REQUIRED", D, ALL),
    Row(-1111, Kind.WRONG_STEP, "BAD_PRECISION", D, ALL),
    Row(-1121, Kind.NO_MARKET, "BAD_SYMBOL", D, ALL),
    Row(-1128, Kind.BAD_REQUEST, "OPTIONAL_PARAMS_BAD_COMBO", D, ALL),
    Row(-1130, Kind.BAD_REQUEST, "INVALID_PARAMETER", D, ALL),
    Row(-1131, Kind.BAD_REQUEST, "BAD_RECV_WINDOW", D, ALL),
    Row(-1151, Kind.BAD_REQUEST, "symbol present multiple times", D),
    Row(-4001, Kind.BAD_REQUEST, "invalid operation", I),
)
_SERVICE = (
    Row(None, Kind.MAINTENANCE, "maintenance", I, text="maintenance"),
    Row(0, Kind.PLACE_NOT_SERVED, "restricted location", I, text="restricted location"),
    Row(-1011, Kind.PLACE_NOT_SERVED, "address not allowed", I),
    Row(-1000, Kind.BUSY, "UNKNOWN", D),
    Row(-1001, Kind.BUSY, "DISCONNECTED", D),
    Row(-1004, Kind.BUSY, "SERVER_BUSY", I),
    Row(-1006, Kind.BUSY, "UNEXPECTED_RESP", D),
    Row(-1007, Kind.BUSY, "TIMEOUT", D),
    Row(-1008, Kind.BUSY, "SERVER_BUSY", D),
    Row(-3000, Kind.BUSY, "inner error", I),
    Row(-3044, Kind.BUSY, "system busy", I),
    Row(-1016, Kind.GONE, "SERVICE_SHUTTING_DOWN", D),
    Row(-1020, Kind.GONE, "UNSUPPORTED_OPERATION", D),
)
#: Small assets. By name -5001 is a switch; users met it for a batch that held one unsupported token.
_DUST = (
    Row(-5001, Kind.NOT_SUPPORTED, "asset not supported", I, DUST, "not support"),
    Row(-5001, Kind.SWITCHED_OFF, "ASSET_DRIBBLET_CONVERT_SWITCH_OFF", D, DUST),
    Row(-5002, Kind.INSUFFICIENT, "ASSET_ASSET_NOT_ENOUGH", D, DUST),
    Row(-5003, Kind.INSUFFICIENT, "ASSET_USER_HAVE_NO_ASSET", D, DUST),
    Row(-5004, Kind.ABOVE_CEILING, "USER_OUT_OF_TRANSFER_FLOAT", D, DUST),
    Row(-5005, Kind.TOO_SMALL, "USER_ASSET_AMOUNT_IS_TOO_LOW", D, DUST),
    Row(-5006, Kind.COOLDOWN, "USER_CAN_NOT_REQUEST_IN_24_HOURS", D, DUST),
    Row(-5007, Kind.INSUFFICIENT, "AMOUNT_OVER_ZERO", D, DUST),
    Row(-5008, Kind.INSUFFICIENT, "ASSET_WITHDRAW_WITHDRAWING_NOT_ENOUGH", D, DUST),
    Row(-5009, Kind.NOT_SUPPORTED, "PRODUCT_NOT_EXIST", D, DUST),
    Row(-5010, Kind.TRANSFER, "TRANSFER_FAIL", D),
    Row(-5011, Kind.OTHER, "FUTURE_ACCT_NOT_EXIST", D),
    Row(-5012, Kind.TRANSFER, "TRANSFER_PENDING", D),
    Row(-5013, Kind.INSUFFICIENT, "transfer failed: insufficient balance", I, DUST),
    Row(-5021, Kind.OTHER, "PARENT_SUB_HAVE_NO_RELATION", D),
    Row(32110, Kind.COOLDOWN, "once within 1 hour", I, DUST),
    Row(-32110, Kind.COOLDOWN, "once within 1 hour", A),
    Row(
        -9000, Kind.ABOVE_CEILING, "-5004 by another number", I, DUST, "USER_OUT_OF_TRANSFER_FLOAT"
    ),
    Row(-9000, Kind.OTHER, "internal error", I),
    # A copy of an older list gives the asset service these numbers for what is -5001 to -5009 today.
    Row(32001, Kind.SWITCHED_OFF, "an older -5001", A),
    Row(32002, Kind.INSUFFICIENT, "an older -5002", A),
    Row(32003, Kind.INSUFFICIENT, "an older -5003", A),
    Row(32004, Kind.ABOVE_CEILING, "an older -5004", A),
    Row(32005, Kind.TOO_SMALL, "an older -5005", A),
    Row(32006, Kind.COOLDOWN, "an older -5006", A),
    Row(32007, Kind.INSUFFICIENT, "an older -5007", A),
    Row(32008, Kind.INSUFFICIENT, "an older -5008", A),
    Row(32009, Kind.NOT_SUPPORTED, "an older -5009", A),
)
#: Binance publishes no list of these; a swap's quote tells when it is looked up what became of it.
_SWAP = (
    Row(345103, Kind.QUOTA, "hourly quotation limit reached", I),
    Row(345231, Kind.QUOTE_EXPIRED, "TIME_OUT", A),
    Row(345124, Kind.OTHER, "placing a limit order failed", I),
    Row(345214, Kind.OTHER, "placing a limit order failed", I),
)
_REJECTED = "NEW_ORDER_REJECTED"
#: -1013: the request did not reach the matching engine. -2010: the engine rejected a new order; what it
#: said is proof only where it is known, for a "duplicate" means that there is an order of that name.
_ORDER = (
    Row(-1013, Kind.WRONG_STEP, "filter", D, SALE, "MARKET_LOT_SIZE"),
    Row(-1013, Kind.WRONG_STEP, "filter", D, SALE, "LOT_SIZE"),
    Row(-1013, Kind.BELOW_MINIMUM, "filter", D, SALE, "MIN_NOTIONAL"),
    Row(-1013, Kind.BELOW_MINIMUM, "filter", D, SALE, "NOTIONAL"),
    Row(-1013, Kind.PRICE_MOVED, "filter", D, SALE, "PERCENT_PRICE"),
    Row(-1013, Kind.PRICE_MOVED, "filter", D, SALE, "PRICE_FILTER"),
    Row(-1013, Kind.TOO_MANY_ORDERS, "filter", D, SALE, "MAX_NUM_"),
    Row(-1013, Kind.BAD_REQUEST, "filter", D, SALE, "ICEBERG_PARTS"),
    Row(-1013, Kind.BAD_REQUEST, "filter", D, SALE, "TRAILING_DELTA"),
    Row(-1013, Kind.MARKET_CLOSED, "INVALID_MESSAGE", D, SALE, "Market is closed"),
    Row(-1013, Kind.OTHER, "INVALID_MESSAGE", D, SALE),
    Row(-2010, Kind.INSUFFICIENT, _REJECTED, D, SALE, "insufficient balance"),
    Row(-2010, Kind.MARKET_CLOSED, _REJECTED, D, SALE, "Market is closed"),
    Row(-2010, Kind.NOT_PERMITTED, _REJECTED, D, SALE, "not permitted for this account"),
    Row(-2010, Kind.NOT_PERMITTED, _REJECTED, D, SALE, "restricted for this account"),
    Row(-2010, Kind.BAD_REQUEST, _REJECTED, D, SALE, "qty market orders are not support"),
    Row(-2010, Kind.NOT_SUPPORTED, _REJECTED, D, SALE, "Market orders are not support"),
    Row(-2010, Kind.ACCOUNT_BLOCKED, _REJECTED, D, SALE, "disabled on this account"),
    Row(-2010, Kind.ACCOUNT_BLOCKED, _REJECTED, D, SALE, "may not place or cancel orders"),
    Row(-2010, Kind.ACCOUNT_BLOCKED, _REJECTED, D, SALE, "API trading is not enabled"),
    Row(-2010, Kind.NO_BUYER, _REJECTED, D, SALE, "Order book liquidity is less than"),
    Row(-2010, Kind.BELOW_MINIMUM, _REJECTED, D, SALE, "QTY is zero or less"),
    Row(-2010, Kind.DUPLICATE, _REJECTED, D, NONE, "Duplicate order sent"),
    Row(-2010, Kind.OTHER, _REJECTED, D),
    Row(-1010, Kind.OTHER, "ERROR_MSG_RECEIVED", D),
    Row(-2013, Kind.NO_SUCH_ORDER, "NO_SUCH_ORDER", D),
)
ROWS = (*_REQUEST, *_SERVICE, *_DUST, *_SWAP, *_ORDER)


def row_of(number: int | None, message: str) -> Row | None:
    """The first row that is meant by an answer; None for what nobody has described."""
    return next((row for row in ROWS if row.fits(number, message)), None)
