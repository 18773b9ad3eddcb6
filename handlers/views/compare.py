"""The comparison: what each remedy would bring for one token, the best marked."""

from collections.abc import Sequence

from dust.compare import Option, best_of
from dust.money import ZERO
from dust.remedy import Remedy
from handlers.callbacks import CompareRemedies, ReviewOne
from handlers.screens import Button, Screen
from handlers.texts import Texts
from handlers.views.format import fmt_coin, symbol
from handlers.views.left_out import Prices, why_not
from handlers.views.problems import problem_text
from handlers.views.protected import token_tag


def render_comparison(
    account: str,
    asset: str,
    target: str,
    options: tuple[Option, ...],
    targets: Sequence[str],
    exchange: str,
    t: Texts,
    prices: Prices | None = None,
) -> Screen:
    """One block for each remedy, a button for each that is possible, and the other targets."""
    best = best_of(options)
    head = t.gettext("⚖️ <b>{asset} into {target}</b>").format(
        asset=symbol(asset), target=symbol(target)
    )
    blocks = [head, *(_option(one, one.remedy is best, exchange, prices, t) for one in options)]
    tag = token_tag(asset)
    possible = tuple(
        Button(remedy_name(one.remedy, t), ReviewOne(account, one.remedy.value, target, tag))
        for one in options
        if one.quote is not None
    )
    others = tuple(
        Button(f"{'◉' if name == target else '○'} {name}", CompareRemedies(account, name, tag))
        for name in targets
        if name != asset
    )
    rows = tuple(row for row in (possible, others) if row)
    return Screen("\n\n".join(blocks), rows)


def render_compare_how_to(t: Texts) -> Screen:
    """What to type."""
    return Screen(
        t.gettext(
            "⚖️ <b>Compare</b> what a token brings by each way:\n<code>/compare ADA</code>\n"
            "<code>/compare ADA USDT</code>"
        )
    )


def remedy_name(remedy: Remedy, t: Texts) -> str:
    """What a person calls it, as a button or a heading."""
    return {
        Remedy.DUST: t.gettext("Convert"),
        Remedy.SWAP: t.gettext("Swap"),
        Remedy.SALE: t.gettext("Sell"),
    }[remedy]


def _option(option: Option, is_best: bool, exchange: str, prices: Prices | None, t: Texts) -> str:
    head = f"<b>{remedy_name(option.remedy, t)}</b>"
    if option.quote is None:
        return f"{head} – {_why_not(option, exchange, prices, t)}"
    quote = option.quote
    mark = " 🏆" if is_best else ""
    lines = [f"{head} → <b>{fmt_coin(quote.net, quote.target)}</b>{mark}", _cost(option, t)]
    remainder = quote.lines[0].remainder
    if remainder > ZERO:
        lines.append(
            t.gettext("{amount} stays as dust").format(
                amount=fmt_coin(remainder, quote.lines[0].asset)
            )
        )
    return "\n".join(lines)


def _why_not(option: Option, exchange: str, prices: Prices | None, t: Texts) -> str:
    if option.error is not None:
        return problem_text(option.error, exchange, t)
    return why_not(option.left_out, t, prices) if option.left_out else ""


def _cost(option: Option, t: Texts) -> str:
    if option.remedy is Remedy.SWAP:
        return t.gettext("no fee, its spread is in the price")
    fee = option.quote.fee if option.quote else ZERO
    target = option.quote.target if option.quote else ""
    return t.gettext("after a fee of {fee}").format(fee=fmt_coin(fee, target))
