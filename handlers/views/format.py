"""How values look on a phone: escaped, exact, short."""

from datetime import datetime, timedelta
from decimal import Decimal
from html import escape

from dust.money import ZERO, Money, floor_to
from handlers.texts import Texts

_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}
_PLACES = {"USD": 2, "EUR": 2, "GBP": 2, "USDT": 2, "BTC": 8, "BNB": 6}
_LONGEST_NAME = 30
#: What has no look of its own, or turns what stands after it around (Unicode, "Bidirectional Algorithm"):
#: with it a name could pass for another one, or a line for another amount.
_UNSEEN = (
    *(code for code in range(0x20) if chr(code) != "\n"),
    *range(0x7F, 0xA0),
    *(0x061C, 0xFEFF),
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x206A),
)
_SEEN = dict.fromkeys(_UNSEEN, "\ufffd")


def seen(text: str) -> str:
    """A text that others wrote, with a mark for each character that could not be seen: for button labels."""
    return text.translate(_SEEN)


def esc(value: object) -> str:
    """Any dynamic value, safe inside Telegram's HTML, where nothing of it is hidden."""
    return escape(seen(str(value)), quote=False)


def symbol(asset: str) -> str:
    """An asset's name, escaped; an absurdly long one is cut, so that a message always fits."""
    # Telegram counts rare characters twice.
    longest = _LONGEST_NAME if asset.isascii() else _LONGEST_NAME // 2
    return esc(asset if len(asset) <= longest else asset[: longest - 1] + "…")


def plain(amount: Decimal) -> str:
    """All digits that mean something, never an exponent."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def fmt_amount(amount: Decimal, places: int = 8) -> str:
    """An amount of an asset, rounded down to what exchanges keep."""
    return plain(floor_to(amount, places))


def fmt_coin(amount: Decimal, asset: str) -> str:
    """An amount with its asset, escaped."""
    return f"{fmt_amount(amount)} {symbol(asset)}"


def fmt_money(money: Money) -> str:
    """A worth with its currency; never rounded up, and never to nothing where there is something."""
    places = _PLACES.get(money.currency, 8)
    least = Decimal(1).scaleb(-places)
    if ZERO < money.amount < least:
        return "&lt;" + _with_sign(least, money.currency, places)
    return _with_sign(floor_to(money.amount, places), money.currency, places)


def fmt_worth(amount: Decimal, currency: str) -> str:
    """Like `fmt_money`."""
    return fmt_money(Money(amount, currency))


def _with_sign(amount: Decimal, currency: str, places: int) -> str:
    number = f"{amount:,.2f}" if places == 2 else plain(amount)
    sign = _SIGNS.get(currency)
    return f"{sign}{number}" if sign else f"{number} {esc(currency)}"


def fmt_time(moment: datetime, t: Texts) -> str:
    """A clock time in the chat's zone, with the day where it is not today."""
    local, today = moment.astimezone(t.zone), t.now.astimezone(t.zone)
    if local.date() == today.date():
        return f"{local:%H:%M}"
    if abs((local.date() - today.date()).days) < 7:
        return f"{local:%a %H:%M}"
    if local.year == today.year:
        return f"{local.day} {local:%b %H:%M}"
    return f"{local.day} {local:%b %Y %H:%M}"


def fmt_day(moment: datetime, t: Texts) -> str:
    """A date and clock time in the chat's zone."""
    local = moment.astimezone(t.zone)
    return f"{local.day} {local:%b %Y, %H:%M}"


def fmt_duration(span: timedelta) -> str:
    """The two largest units that matter: `2 h 5 min`."""
    seconds = max(0, int(span.total_seconds()))
    if seconds < 60:
        return f"{seconds} s"
    units = ((86_400, "d"), (3_600, "h"), (60, "min"))
    parts: list[str] = []
    for size, name in units:
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count} {name}")
    return " ".join(parts[:2])


def fmt_until(moment: datetime, t: Texts) -> str:
    """A clock time and how long it is until then."""
    # Rounded up to the minute: a person who comes back in time must not be early.
    left = moment - t.now + timedelta(seconds=59)
    minutes = timedelta(minutes=int(left.total_seconds() // 60))
    return t.gettext("{time} (in {duration})").format(
        time=fmt_time(moment, t), duration=fmt_duration(minutes)
    )
