"""What must hold after every step of a story, whatever happened in it."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from dust.conversion import ClosedBy, Conversion, Origin, State
from dust.notices import AskOwner, Corrected, Imported, Outcome, PeriodReport, Settled
from sandbox.binance.dust import DustConversion
from tests.property.life import CHATS
from tests.property.world import World

Legs = tuple[tuple[str, Decimal, Decimal, Decimal], ...]


async def audit(world: World, *, over: bool = False) -> None:
    """Compares the exchange's ledger, the journal, the outbox and the witness.

    `over`: the story has ended and everything was given time to settle: nothing may be open any more.
    """
    journal = await world.journal()
    await world.take_notice()
    await _at_most_one_is_live(world)
    _each_request_has_its_confirmation(world, journal)
    _nothing_was_sent_that_was_not_shown(world, journal)
    watch = await world.life.store.watches.get("main")
    if watch.log_read_at is not None and world.seen.first_reading is None:
        world.seen.first_reading = watch.log_read_at
    _nothing_is_in_the_journal_that_did_not_happen(world, journal)
    for made in _missing(world, journal):
        unread = watch.log_read_at is None or watch.log_read_at <= made.at
        assert not over, f"never found: {made}"
        assert _is_awaited(world, journal, made, unread=unread), f"lost: {made} in {journal}"
    _everyone_was_told(world, journal)
    if over:
        await _every_run_is_accounted_for(world, journal)
        await _a_report_adds_up(world)


async def _at_most_one_is_live(world: World) -> None:
    rows = await world.life.store.database.all(
        "SELECT id FROM conversion WHERE state IN ('submitting', 'accepted', 'unknown')"
    )
    assert len(rows) <= 1, f"live at the same time: {[row['id'] for row in rows]}"


def _each_request_has_its_confirmation(world: World, journal: Iterable[Conversion]) -> None:
    """One request at most for each conversion, and none that belongs to no conversion."""
    seen = world.seen
    known = {id(sent) for sent in seen.senders.values()}
    claimed = [one for one in journal if one.origin is Origin.CHAT and one.id not in seen.senders]
    for sent in world.wire.sent:
        if id(sent) in known:
            continue
        for one in reversed(claimed):
            if one.quote.assets == sent.assets and one.attempt_at == sent.at:
                seen.senders[one.id] = sent
                if one.automatic and one.chat_id is not None:
                    protected = seen.alarms[one.chat_id].protected
                    seen.conduct.sent(one, sent.at, protected, world.untold())
                claimed.remove(one)
                break
        else:
            raise AssertionError(f"sent without a confirmation, or once more: {sent}")


def _nothing_was_sent_that_was_not_shown(world: World, journal: Iterable[Conversion]) -> None:
    for one in journal:
        if one.origin is not Origin.CHAT:
            continue
        if one.automatic:
            quote = world.seen.conduct.runs[one.id].quote
        else:
            assert (one.id, one.user_id) in world.seen.confirmed, f"nobody confirmed {one}"
            quote = world.seen.shown[one.id]
        shown = {line.asset: line for line in quote.lines}
        for line in one.quote.lines:
            assert line.asset in shown, f"{line.asset} was not shown: {one}"
            assert line.amount <= shown[line.asset].amount, f"more than was shown: {one}"


def _nothing_is_in_the_journal_that_did_not_happen(
    world: World, journal: Iterable[Conversion]
) -> None:
    """What was executed stands in the journal with the ledger's own amounts, and once."""
    kept = Counter(_legs_of(one) for one in journal if one.fills)
    invented = kept - Counter(_legs_in(made) for made in _ledger(world))
    assert not invented, f"not in the ledger, or not as often: {invented}"
    for one in journal:
        if one.state in (State.FILLED, State.PARTLY_FILLED):
            assert one.fills or one.closed_by is ClosedBy.OWNER, f"converted without a fill: {one}"


def _missing(world: World, journal: Iterable[Conversion]) -> list[DustConversion]:
    """What the ledger shows and the journal does not."""
    kept = Counter(_legs_of(one) for one in journal if one.fills)
    missing = []
    for made in _ledger(world):
        if kept[_legs_in(made)]:
            kept[_legs_in(made)] -= 1
        else:
            missing.append(made)
    return missing


def _is_awaited(
    world: World, journal: Iterable[Conversion], made: DustConversion, *, unread: bool
) -> bool:
    """Whether the journal may not know of it yet: it says that it is in doubt, or has yet to read the log."""
    alike = [each for each in _ledger(world) if _legs_in(each) == _legs_in(made)]
    if unread and any(each.tran_id in world.seen.website for each in alike):
        return True
    senders = [world.wire.made.get(each.tran_id) for each in alike]
    for one in journal:
        if world.seen.senders.get(one.id) in senders and one.origin is Origin.CHAT:
            if one.is_live:
                return True
            if unread and (one.fills or one.closed_by is ClosedBy.OWNER):
                return True
    return False


def _everyone_was_told(world: World, journal: Iterable[Conversion]) -> None:
    notices = [each.notice for each in world.seen.notices.values()]
    told = Counter(
        (type(each), each.conversion_id)
        for each in notices
        if isinstance(each, Outcome | Settled | AskOwner | Corrected | Imported)
    )
    for one in journal:
        if one.origin is Origin.EXCHANGE:
            first = world.seen.first_reading
            known_before = one.attempt_at is not None and first is not None
            quietly = known_before and one.attempt_at <= first  # type: ignore[operator]
            times = told[Imported, one.id]
            assert times == len(CHATS) or (quietly and times == 0), f"told {times} times of {one}"
            continue
        if one.state is not State.SUBMITTING:
            assert told[Outcome, one.id], f"no word of {one}"
        looked_up = one.closed_by is ClosedBy.LOOKING and not one.corrected
        assert not looked_up or told[Settled, one.id] == 1, f"no word of the end of {one}"
        assert told[AskOwner, one.id] == int(one.asked_at is not None), f"asked about {one}"
        assert told[Corrected, one.id] == int(one.corrected), f"no word of the correction of {one}"


async def _every_run_is_accounted_for(world: World, journal: Iterable[Conversion]) -> None:
    claimed = {one.id for one in journal}
    notices = list(world.seen.notices.values())
    for run in world.seen.conduct.runs.keys() - claimed:
        one = await world.life.store.journal.get(run)
        waits = one is not None and one.state is State.QUOTED
        assert waits or world.seen.conduct.is_accounted_for(run, notices), (
            f"no word of the run {run}"
        )


async def _a_report_adds_up(world: World) -> None:
    ledger = _ledger(world)
    if not ledger:
        return
    start = ledger[0].at - timedelta(days=365)
    period = PeriodReport("main", start, world.clock.now())
    summary = await world.life.deps.reports.summary(period, CHATS[0])
    net = sum((made.gross - made.fee for made in ledger), Decimal(0))
    assert summary.brought.get("BNB", Decimal(0)) == net, f"the report says {summary.brought}"


def _ledger(world: World) -> list[DustConversion]:
    """What moved money; a conversion of nothing moves none."""
    return [made for made in world.exchange.desk.conversions if made.rows]


def _legs_in(made: DustConversion) -> Legs:
    return tuple(sorted((row.asset, row.amount, row.gross, row.fee) for row in made.rows))


def _legs_of(one: Conversion) -> Legs:
    return tuple(sorted((fill.asset, fill.amount, fill.gross, fill.fee) for fill in one.fills))
