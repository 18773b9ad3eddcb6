"""What Binance may answer to a conversion, a swap or a sale: each code as its pages or others have it.

Written by hand, beside the table that the program uses, so that a slip in either shows.
"""

from dataclasses import dataclass

from dust.refusal import RefusalKind as Kind
from dust.remedy import Remedy

ANY = frozenset(Remedy)
DUST = frozenset({Remedy.DUST})
SALE = frozenset({Remedy.SALE})
NOTHING: frozenset[Remedy] = frozenset()


@dataclass(frozen=True, slots=True)
class Line:
    """One answer with HTTP status 400: what it means, and for which requests nothing was executed."""

    code: int
    text: str
    kind: Kind
    proves: frozenset[Remedy] = NOTHING

    @property
    def id(self) -> str:
        """For the test's name."""
        return f"{self.code} {self.text[:40]}"


LINES = (
    Line(-1002, "You are not authorized to execute this request.", Kind.NOT_OPEN, ANY),
    Line(-1003, "Too many requests queued.", Kind.RATE_LIMITED, ANY),
    Line(-1015, "Too many new orders.", Kind.RATE_LIMITED, ANY),
    Line(-12014, "More than 1 request in 3 seconds", Kind.RATE_LIMITED),
    Line(-1021, "Timestamp for this request is outside of the recvWindow.", Kind.CLOCK, ANY),
    Line(
        -1021,
        "Timestamp for this request was 1000ms ahead of the server's time.",
        Kind.CLOCK,
        ANY,
    ),
    Line(-1022, "Signature for this request is not valid.", Kind.KEY_REJECTED, ANY),
    Line(-1099, "Not found, authenticated, or authorized.", Kind.KEY_REJECTED),
    Line(-2008, "Invalid Api-Key ID.", Kind.KEY_REJECTED, ANY),
    Line(-2014, "API-key format invalid.", Kind.KEY_REJECTED, ANY),
    Line(-2015, "Invalid API-key, IP, or permissions for action.", Kind.KEY_REJECTED, ANY),
    Line(
        -2015,
        "Invalid API-key, IP, or permissions for action, request ip: 10.0.0.1",
        Kind.KEY_REJECTED,
        ANY,
    ),
    Line(-4004, "You don't login or auth", Kind.KEY_REJECTED),
    Line(-5999, "You don't have permission.", Kind.KEY_REJECTED),
    Line(-1100, "Illegal characters found in a parameter.", Kind.BAD_REQUEST, ANY),
    Line(
        -1100,
        "Illegal characters found in parameter 'fromAmount'; legal range is '^([0-9]{1,20})$'.",
        Kind.BAD_REQUEST,
        ANY,
    ),
    Line(-1101, "Too many parameters sent for this endpoint.", Kind.BAD_REQUEST, ANY),
    Line(-1101, "Duplicate values for a parameter detected.", Kind.BAD_REQUEST, ANY),
    Line(-1102, "Mandatory parameter 'asset' was not sent.", Kind.BAD_REQUEST, ANY),
    Line(-1103, "An unknown parameter was sent.", Kind.BAD_REQUEST, ANY),
    Line(-1104, "Not all sent parameters were read.", Kind.BAD_REQUEST, ANY),
    Line(-1105, "A parameter was empty.", Kind.BAD_REQUEST, ANY),
    Line(-1106, "A parameter was sent when not required.", Kind.BAD_REQUEST, ANY),
    Line(-1111, "Parameter 'quantity' has too much precision.", Kind.WRONG_STEP, ANY),
    Line(-1121, "Invalid symbol.", Kind.NO_MARKET, ANY),
    Line(-1128, "Combination of optional parameters invalid.", Kind.BAD_REQUEST, ANY),
    Line(-1130, "Invalid data sent for a parameter.", Kind.BAD_REQUEST, ANY),
    Line(-1131, "recvWindow must be less than 60000", Kind.BAD_REQUEST, ANY),
    Line(-1151, "Symbol is present multiple times in the list.", Kind.BAD_REQUEST),
    Line(-4001, "Invalid operation.", Kind.BAD_REQUEST),
    Line(1, "System is under maintenance.", Kind.MAINTENANCE),
    Line(0, "Service unavailable from a restricted location.", Kind.PLACE_NOT_SERVED),
    Line(-1011, "This IP cannot access this route.", Kind.PLACE_NOT_SERVED),
    Line(-1000, "An unknown error occurred while processing the request.", Kind.BUSY),
    Line(-1001, "Internal error; unable to process your request.", Kind.BUSY),
    Line(-1004, "Server is busy, please wait and try again", Kind.BUSY),
    Line(-1006, "An unexpected response was received. Execution status unknown.", Kind.BUSY),
    Line(-1007, "Timeout waiting for response from backend server.", Kind.BUSY),
    Line(-1008, "Server is currently overloaded with other requests.", Kind.BUSY),
    Line(-3000, "Inner server failure.", Kind.BUSY),
    Line(-3044, "System busy.", Kind.BUSY),
    Line(-1016, "This service is no longer available.", Kind.GONE),
    Line(-1020, "This operation is not supported.", Kind.GONE),
    Line(-5001, "Don't allow transfer to micro assets.", Kind.SWITCHED_OFF, DUST),
    Line(-5001, "ADA asset not supported.", Kind.NOT_SUPPORTED, DUST),
    Line(-5002, "You have insufficient balance.", Kind.INSUFFICIENT, DUST),
    Line(-5003, "You don't have this asset.", Kind.INSUFFICIENT, DUST),
    Line(
        -5004,
        "The residual balances of ADA have exceeded 0.001BTC, Please re-choose.",
        Kind.ABOVE_CEILING,
        DUST,
    ),
    Line(
        -5004,
        "The residual balances have exceeded 0.001BTC, Please re-choose.",
        Kind.ABOVE_CEILING,
        DUST,
    ),
    Line(
        -5005,
        "The residual balances of ADA is too low, Please re-choose.",
        Kind.TOO_SMALL,
        DUST,
    ),
    Line(-5006, "Only transfer once in 24 hours.", Kind.COOLDOWN, DUST),
    Line(-5007, "Quantity must be greater than zero.", Kind.INSUFFICIENT, DUST),
    Line(-5008, "Insufficient amount of returnable assets.", Kind.INSUFFICIENT, DUST),
    Line(-5009, "Product does not exist.", Kind.NOT_SUPPORTED, DUST),
    Line(-5010, "Asset transfer fail.", Kind.TRANSFER),
    Line(-5011, "futures account does not exist", Kind.OTHER),
    Line(-5012, "Asset transfer is in pending.", Kind.TRANSFER),
    Line(-5013, "Asset transfer failed: insufficient balance", Kind.INSUFFICIENT, DUST),
    Line(-5021, "These parent and sub accounts are not related.", Kind.OTHER),
    Line(32110, "You can only convert once within 1 hour.", Kind.COOLDOWN, DUST),
    Line(32110, "Please wait.", Kind.COOLDOWN, DUST),
    Line(-32110, "Please wait.", Kind.COOLDOWN),
    Line(-5998, "Convert is allowed once every 6h.", Kind.COOLDOWN, DUST),
    Line(
        -9000,
        "com.binance.assetservice.AssetErrorCode.USER_OUT_OF_TRANSFER_FLOAT",
        Kind.ABOVE_CEILING,
        DUST,
    ),
    Line(-9000, "com.binance.assetservice.AssetErrorCode.SOMETHING", Kind.OTHER),
    Line(32001, "Refused.", Kind.SWITCHED_OFF),
    Line(32002, "Refused.", Kind.INSUFFICIENT),
    Line(32003, "Refused.", Kind.INSUFFICIENT),
    Line(32004, "Refused.", Kind.ABOVE_CEILING),
    Line(32005, "Refused.", Kind.TOO_SMALL),
    Line(32006, "Refused.", Kind.COOLDOWN),
    Line(32007, "Refused.", Kind.INSUFFICIENT),
    Line(32008, "Refused.", Kind.INSUFFICIENT),
    Line(32009, "Refused.", Kind.NOT_SUPPORTED),
    Line(345103, "Your hourly quotation limit is reached.", Kind.QUOTA),
    Line(345231, "Time out", Kind.QUOTE_EXPIRED),
    Line(345124, "Placing a limit order has failed.", Kind.OTHER),
    Line(345214, "Placing a limit order has failed.", Kind.OTHER),
    Line(-1013, "Filter failure: LOT_SIZE", Kind.WRONG_STEP, SALE),
    Line(-1013, "Filter failure: MARKET_LOT_SIZE", Kind.WRONG_STEP, SALE),
    Line(-1013, "Filter failure: NOTIONAL", Kind.BELOW_MINIMUM, SALE),
    Line(-1013, "Filter failure: MIN_NOTIONAL", Kind.BELOW_MINIMUM, SALE),
    Line(-1013, "Filter failure: PERCENT_PRICE_BY_SIDE", Kind.PRICE_MOVED, SALE),
    Line(-1013, "Filter failure: PRICE_FILTER", Kind.PRICE_MOVED, SALE),
    Line(-1013, "Filter failure: MAX_NUM_ORDERS", Kind.TOO_MANY_ORDERS, SALE),
    Line(-1013, "Filter failure: EXCHANGE_MAX_NUM_ORDERS", Kind.TOO_MANY_ORDERS, SALE),
    Line(-1013, "Filter failure: ICEBERG_PARTS", Kind.BAD_REQUEST, SALE),
    Line(-1013, "Filter failure: TRAILING_DELTA", Kind.BAD_REQUEST, SALE),
    Line(-1013, "Market is closed.", Kind.MARKET_CLOSED, SALE),
    Line(-1013, "Filter failure: A_NEW_ONE", Kind.OTHER, SALE),
    Line(-2010, "Account has insufficient balance for requested action.", Kind.INSUFFICIENT, SALE),
    Line(-2010, "Market is closed.", Kind.MARKET_CLOSED, SALE),
    Line(-2010, "This symbol is not permitted for this account.", Kind.NOT_PERMITTED, SALE),
    Line(-2010, "This symbol is restricted for this account.", Kind.NOT_PERMITTED, SALE),
    Line(-2010, "Market orders are not supported for this symbol.", Kind.NOT_SUPPORTED, SALE),
    Line(
        -2010,
        "Quote order qty market orders are not support for this symbol.",
        Kind.BAD_REQUEST,
        SALE,
    ),
    Line(-2010, "This action is disabled on this account.", Kind.ACCOUNT_BLOCKED, SALE),
    Line(-2010, "This account may not place or cancel orders.", Kind.ACCOUNT_BLOCKED, SALE),
    Line(-2010, "Rest API trading is not enabled.", Kind.ACCOUNT_BLOCKED, SALE),
    Line(
        -2010,
        "Order book liquidity is less than LOT_SIZE filter minimum quantity.",
        Kind.NO_BUYER,
        SALE,
    ),
    Line(-2010, "Price * QTY is zero or less.", Kind.BELOW_MINIMUM, SALE),
    Line(-2010, "Duplicate order sent.", Kind.DUPLICATE),
    Line(-2010, "Something that nobody has seen yet.", Kind.OTHER),
    Line(-1010, "ERROR_MSG_RECEIVED", Kind.OTHER),
    Line(-2013, "Order does not exist.", Kind.NO_SUCH_ORDER),
    Line(-77777, "Something that nobody has seen yet.", Kind.OTHER),
)
