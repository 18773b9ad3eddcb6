"""What is said of one remedy and not of the others."""

from dust.conversion import Conversion
from dust.money import ZERO
from dust.remedy import Remedy
from handlers.texts import Texts
from handlers.views.format import fmt_amount, fmt_coin


def command_of(remedy: Remedy) -> str:
    """What is typed for it."""
    return {Remedy.DUST: "/convert", Remedy.SWAP: "/swap", Remedy.SALE: "/sell"}[remedy]


def noun_of(remedy: Remedy, t: Texts) -> str:
    """What it is called."""
    return {
        Remedy.DUST: t.gettext("conversion"),
        Remedy.SWAP: t.gettext("swap"),
        Remedy.SALE: t.gettext("sale"),
    }[remedy]


def done_of(remedy: Remedy, t: Texts) -> str:
    """What was done to a token by it."""
    return {
        Remedy.DUST: t.gettext("converted"),
        Remedy.SWAP: t.gettext("swapped"),
        Remedy.SALE: t.gettext("sold"),
    }[remedy]


def sent_of(conversion: Conversion, t: Texts) -> str:
    """What was to go: a number of tokens, or so much of one."""
    quote = conversion.quote
    if quote.remedy is Remedy.DUST or not quote.lines:
        return count_of(len(quote.lines), t)
    return fmt_coin(quote.lines[0].amount, quote.lines[0].asset)


def part_of(conversion: Conversion, t: Texts) -> str:
    """How much of that went."""
    went = fmt_amount(sum((fill.amount for fill in conversion.fills), ZERO))
    if conversion.quote.remedy is Remedy.DUST:
        went = str(len({fill.asset for fill in conversion.fills}))
    return t.gettext("{part} of {all}").format(part=went, all=sent_of(conversion, t))


def gone_of(conversion: Conversion, t: Texts) -> str:
    """What was sent, as far as it went."""
    if conversion.quote.remedy is Remedy.DUST:
        return count_of(len({fill.asset for fill in conversion.fills}), t)
    went = sum((fill.amount for fill in conversion.fills), ZERO)
    return fmt_coin(went, conversion.quote.assets[0])


def count_of(count: int, t: Texts) -> str:
    """`3 tokens`."""
    return t.ngettext("{count} token", "{count} tokens", count).format(count=count)
