"""Choosing tokens with ticks."""

from collections.abc import Sequence

from dust.model import DustReport
from dust.money import ZERO
from dust.selection import Choice, Selection
from handlers.callbacks import (
    CancelSelection,
    ClearSelection,
    ReviewSelection,
    SelectAll,
    ToggleToken,
    TurnInto,
    TurnSelection,
)
from handlers.screens import Button, Screen
from handlers.texts import Texts
from handlers.views.format import fmt_coin, fmt_worth, seen, symbol
from handlers.views.paging import page_count, page_of, paging_row

#: Toggles on one page.
PAGE = 10
_LABEL_NAME = 20


def choices_of(report: DustReport) -> tuple[Choice, ...]:
    """What there is to choose from."""
    return tuple(Choice(item.asset, item.worth, item.net) for item in report.items)


def render_selection(selection: Selection, targets: Sequence[str], t: Texts) -> Screen:
    """The ticks of one page and the targets; the totals cover everything that is ticked."""
    indexed = list(enumerate(selection.choices))
    shown, page = page_of(indexed, selection.page, PAGE)
    toggles = [
        (Button(_label(choice, selection), ToggleToken(selection.id, index)),)
        for index, choice in shown
    ]
    turn = paging_row(
        page,
        page_count(len(indexed), PAGE),
        lambda number: TurnSelection(selection.id, number),
    )
    count = len(selection.chosen)
    review = t.ngettext("Review {count} token", "Review {count} tokens", count)
    rows = [
        *toggles,
        turn,
        _into(selection, targets),
        (
            Button(t.gettext("Select all"), SelectAll(selection.id)),
            Button(t.gettext("Clear"), ClearSelection(selection.id)),
            Button(t.gettext("Cancel"), CancelSelection(selection.id)),
        ),
        (Button(review.format(count=count), ReviewSelection(selection.id)),),
    ]
    return Screen(_text(selection, t), tuple(row for row in rows if row))


def _into(selection: Selection, targets: Sequence[str]) -> tuple[Button, ...]:
    """What the tokens can become, the chosen one marked."""
    if len(targets) < 2:
        return ()
    named = dict.fromkeys((*targets, selection.target))
    return tuple(
        Button(f"{'◉' if name == selection.target else '○'} {name}", TurnInto(selection.id, name))
        for name in named
    )


def render_selection_closed(t: Texts) -> Screen:
    """After `Cancel`."""
    return Screen(t.gettext("Cancelled. Nothing was converted."))


def _text(selection: Selection, t: Texts) -> str:
    title = t.gettext("<b>Which tokens shall become {target}?</b>").format(
        target=symbol(selection.target)
    )
    chosen = [choice for choice in selection.choices if choice.asset in selection.chosen]
    if not chosen:
        return f"{title}\n{t.gettext('Tap the ones to convert.')}"
    worth = fmt_worth(sum((choice.worth for choice in chosen), ZERO), selection.currency)
    net = fmt_coin(sum((choice.net for choice in chosen), ZERO), selection.target)
    line = t.gettext("{count} of {all} ticked · {worth} → about {net}")
    return (
        title
        + "\n"
        + line.format(count=len(chosen), all=len(selection.choices), worth=worth, net=net)
    )


def _label(choice: Choice, selection: Selection) -> str:
    """Button labels are plain text: nothing is escaped here."""
    tick = "☑" if choice.asset in selection.chosen else "☐"
    worth = fmt_worth(choice.worth, selection.currency).replace("&lt;", "<")
    return f"{tick} {seen(choice.asset[:_LABEL_NAME])} · {worth}"
