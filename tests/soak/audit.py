"""What must hold when everything is over, seen from outside the bot: ledger, journal, log, chats."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sandbox.binance.traffic import Request
from tests.flows.house import KEY, SECRET, TOKEN
from tests.flows.leaks import Leaks
from tests.soak import ledger as ledgers
from tests.soak.ledger import SENDING, Deed, ledger
from tests.soak.town import TRADERS, Town
from tests.soak.witness import LIVE, Claimed, Notice

_ALERT = re.compile(r"🔔 .*of dust</b> on ")
_SIGNATURE = re.compile(r"[0-9a-f]{64}")
#: The bell's time and SQLite's are rounded to milliseconds, and the answer is noted after the call.
_SLACK = 1000


def audit(town: Town) -> list[str]:
    """Everything that is wrong, in sentences."""
    return [
        *town.problems,
        *_ledger_and_journal(town),
        *_requests(town),
        *_alerts(town),
        *_words(town),
        *_log(town.house.folder / "stderr"),
        *_secrets(town),
        *_strangers(town),
        *(f"the database: {flaw}" for flaw in town.witness.flaws()),
    ]


def _ledger_and_journal(town: Town) -> Iterator[str]:
    """They agree, or the journal says that it does not know yet."""
    deeds = ledger(town.house.exchange)
    kept = town.witness.executed()
    invented = kept - Counter(made.legs for made in deeds)
    yield from (f"in the journal, not in the ledger: {legs}" for legs in invented)
    live = [one for one in town.witness.claimed() if one.state in LIVE]
    unread = bool(live) or town.witness.log_is_due()
    if len(live) > 1:
        yield f"live at the same time: {live}"
    for made in deeds:
        if kept[made.legs]:
            kept[made.legs] -= 1
        elif not _is_awaited(made, live) and not (unread and made.tran_id in town.website):
            yield f"in the ledger, not in the journal: {made}"


def _is_awaited(made: Deed, live: list[Claimed]) -> bool:
    since = milliseconds(made.at) + _SLACK
    return any(made.assets <= set(one.assets) and one.attempt_at <= since for one in live)


def _requests(town: Town) -> Iterator[str]:
    """Each belongs to one confirmation, of somebody who may, of a review that showed its tokens.

    As one conversion is live at a time, a request is that of the newest claim before it.
    """
    claimed, senders = town.witness.claimed(), set()
    for request in town.house.exchange.requests:
        if request.method != "POST" or request.path not in SENDING:
            continue
        sender = _sender(request, claimed)
        if sender is None or sender.id in senders:
            yield f"sent without a confirmation, or once more: {request}"
            continue
        senders.add(sender.id)
        yield from _consent(town, sender)


def _consent(town: Town, sender: Claimed) -> Iterator[str]:
    shown = town.shown.get(sender.id, "")
    may_act = sender.chat_id > 0 or sender.user_id in TRADERS
    if not may_act or (sender.id, sender.user_id) not in town.confirmed:
        yield f"nobody who may has confirmed {sender}"
    yield from (f"{one} was not shown: {sender}" for one in sender.assets if one not in shown)


def _sender(request: Request, claimed: list[Claimed]) -> Claimed | None:
    before = [one for one in claimed if one.attempt_at <= milliseconds(request.at)]
    return before[-1] if before and _asks_for(request, before[-1]) else None


def _asks_for(request: Request, one: Claimed) -> bool:
    match request.path:
        case ledgers.ACCEPT:
            return request.params["quoteId"] == one.reference
        case ledgers.ORDER:
            return request.params["newClientOrderId"] == one.id
        case _:
            return Counter(request.params["asset"].split(",")) == Counter(one.assets)


def accepted_alerts(town: Town) -> dict[int, list[int]]:
    """When Telegram took an alert, by chat."""
    taken: dict[int, list[int]] = {}
    for call in town.house.telegram.calls:
        if call.ok and call.chat_id is not None and _ALERT.search(call.params.get("text", "")):
            taken.setdefault(call.chat_id, []).append(milliseconds(call.at))
    return taken


def lost_alerts(town: Town) -> list[Notice]:
    """Those that have left the outbox without Telegram having taken one in that time."""
    taken, lost = accepted_alerts(town), []
    for notice in town.witness.notices():
        if notice.kind != "Alert" or notice.gone_at is None:
            continue
        times = taken.get(notice.chat_id, [])
        fits = [at for at in times if notice.queued_at - 1 <= at <= notice.gone_at + _SLACK]
        if fits:
            times.remove(fits[0])
        else:
            lost.append(notice)
    return lost


def _alerts(town: Town) -> Iterator[str]:
    yield from (f"an alert was lost: {notice}" for notice in lost_alerts(town))
    if waiting := town.witness.waiting():
        yield f"{waiting} notices still wait, though Telegram takes everything"


def _words(town: Town) -> Iterator[str]:
    """No confirmed conversion ended without a word in the message that was confirmed."""
    told = {each.about for each in town.witness.notices() if each.kind == "Outcome"}
    for one in town.witness.claimed():
        if one.state != "submitting" and one.id not in told:
            yield f"no word of {one}"


def _log(path: Path) -> Iterator[str]:
    for line in path.read_text().splitlines():
        if line.startswith("Traceback") or re.match(r"\S+ (ERROR|CRITICAL) ", line):
            yield f"in the log: {line}"


def _secrets(town: Town) -> Iterator[str]:
    leaks = Leaks.of((TOKEN, KEY, SECRET))
    signatures = {request.signature for request in town.house.exchange.requests}
    for path in sorted(town.house.folder.rglob("*")):
        if not path.is_file():
            continue
        text = path.read_bytes().decode("latin-1")
        try:
            leaks.check(text, path.name)
        except AssertionError as found:
            yield str(found)
        if not signatures.isdisjoint(_SIGNATURE.findall(text)):
            yield f"a signature is in {path.name}"


def _strangers(town: Town) -> Iterator[str]:
    for call in town.house.telegram.calls:
        if call.chat_id == town.stranger.id:
            yield f"a stranger was answered: {call.params.get('text')}"


def milliseconds(at: datetime) -> int:
    """Since 1970."""
    return round(at.timestamp() * 1000)
