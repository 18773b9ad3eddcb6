"""The money path: offer → review → confirm → claim → one call → settle."""

import asyncio
import logging
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import assert_never

from dust.conversion import (
    Accepted,
    Conversion,
    ExecuteResult,
    Filled,
    Origin,
    PartlyFilled,
    Quote,
    Refused,
    Settlement,
    State,
    Unknown,
)
from dust.cooldown import (
    ConversionCooldown,
    LearnedFrom,
    after_conversion,
    after_refusal,
)
from dust.errors import DustError, TargetNotOffered
from dust.model import LeftOut
from dust.money import ZERO, Rates
from dust.notices import Addressed, Outcome
from dust.policy import DustPolicy, policy_of
from dust.ports import Clock, ConversionJournal, Cooldowns, ExchangeAccount, Preferences
from dust.refusal import RefusalKind
from dust.remedy import Remedy, Wish
from dust.review import (
    Awaiting,
    ConfirmResult,
    Cooling,
    Hindrance,
    NothingToConvert,
    OfferResult,
    Review,
    Standing,
    Submitted,
    compare,
    hindrance_of,
    pick,
)
from dust.targets import PATIENCE, yields_of

_log = logging.getLogger(__name__)

#: How long a review may be confirmed.
REVIEW_LIFETIME = timedelta(minutes=5)
#: Pauses between attempts to store an outcome that the database did not take, in seconds.
STORE_PAUSES = (1, 5, 15, 60)


class ConversionService:
    """Offers and carries out conversions. A conversion is sent at most once, whatever happens."""

    def __init__(
        self,
        accounts: Mapping[str, ExchangeAccount],
        journal: ConversionJournal,
        cooldowns: Cooldowns,
        preferences: Preferences,
        clock: Clock,
        *,
        store_pauses: Sequence[int] = STORE_PAUSES,
    ) -> None:
        self._accounts = accounts
        self._journal = journal
        self._cooldowns = cooldowns
        self._preferences = preferences
        self._clock = clock
        self._store_pauses = store_pauses
        self._in_flight: set[asyncio.Task[None]] = set()
        self._tapped: set[str] = set()

    async def standing(self, account: str) -> Standing:
        """The account's conversion cooldown, if it runs, and its live conversion."""
        cooldown = await self._cooldowns.get(account)
        running = cooldown is not None and cooldown.is_running(self._clock.now())
        return Standing(cooldown if running else None, await self._journal.live(account))

    async def obstacle(
        self, account: str, remedy: Remedy = Remedy.DUST, *, try_now: bool = False
    ) -> Cooling | Awaiting | None:
        """What keeps the account from this remedy. The cooldown is for conversions of dust alone; an
        estimated one does not count if `try_now`."""
        standing = await self.standing(account)
        if standing.live is not None:
            return Awaiting(standing.live)
        cooldown = standing.cooldown if remedy is Remedy.DUST else None
        if cooldown is not None and (cooldown.certain or not try_now):
            return Cooling(cooldown)
        return None

    async def offer(
        self,
        account: str,
        *,
        chat_id: int,
        user_id: int,
        wish: Wish,
        try_now: bool = False,
    ) -> OfferResult:
        """A review of the wish at this moment's prices. No money moves.

        Raises `dust.errors` where the exchange can't be read.
        """
        drafted = await self._draft(account, chat_id, user_id, wish, try_now=try_now)
        if isinstance(drafted, Review):
            await self._journal.add_quoted(drafted.conversion)
        return drafted

    async def offer_again(
        self, conversion_id: str, *, user_id: int, target: str | None = None
    ) -> OfferResult | Hindrance:
        """A new review in place of one that waits or has expired: at this moment's prices, into another
        `target` if one is named."""
        old = await self._journal.get(conversion_id)
        hindrance = hindrance_of(old, user_id, self._clock.now())
        if old is None or old.chat_id is None or hindrance not in (None, Hindrance.EXPIRED):
            return hindrance or Hindrance.GONE
        wish = replace(old.quote.again(), target=target or old.quote.target)
        drafted = await self._draft(old.account, old.chat_id, user_id, wish, try_now=True)
        if isinstance(drafted, Review) and not await self._put_in_place(old, drafted.conversion):
            return Hindrance.ALREADY
        return drafted

    async def _put_in_place(self, old: Conversion, new: Conversion) -> bool:
        """Whether `new` took the place of `old`, of which nothing was or will be sent."""
        if await self._journal.supersede(old.id, new):
            return True
        current = await self._journal.get(old.id)
        if current is None or current.state is not State.EXPIRED:
            return False
        await self._journal.add_quoted(new)
        return True

    async def _draft(
        self, account: str, chat_id: int, user_id: int, wish: Wish, *, try_now: bool
    ) -> OfferResult:
        obstacle = await self.obstacle(account, wish.remedy, try_now=try_now)
        if obstacle is not None:
            return obstacle
        exchange = self._accounts[account]
        quote, instead_of = await _quoted(exchange, wish)
        policy = await self._policy(account, chat_id, wish.remedy)
        kept, left_out = pick(quote, wish.assets, policy, exchange.capabilities.max_assets)
        if not kept.lines:
            return NothingToConvert(left_out)
        conversion = self._new(account, chat_id, user_id, kept, left_out)
        rates, yields = await asyncio.gather(self._rates(account), yields_of(exchange, kept))
        return Review(conversion, rates=rates, instead_of=instead_of, yields=yields)

    async def offer_rest(self, conversion_id: str, *, user_id: int) -> OfferResult | Hindrance:
        """A new review of what was refused, without the token that spoiled it if one did."""
        refused = await self._journal.get(conversion_id)
        if refused is None or refused.chat_id is None or refused.state is not State.REFUSED:
            return Hindrance.GONE
        bad = refused.refusal.asset if refused.refusal else None
        rest = frozenset(asset for asset in refused.quote.assets if asset != bad)
        if not rest:
            return Hindrance.GONE
        return await self.offer(
            refused.account,
            chat_id=refused.chat_id,
            user_id=user_id,
            wish=refused.quote.only(rest).again(),
            try_now=True,
        )

    async def hindrance(self, conversion_id: str, user_id: int) -> Hindrance | None:
        """Why this person's tap on this review does nothing, from local data alone."""
        conversion = await self._journal.get(conversion_id)
        return hindrance_of(conversion, user_id, self._clock.now())

    async def shown(self, conversion_id: str, message_id: int) -> None:
        """Remembers which message shows the review."""
        await self._journal.shown(conversion_id, message_id)

    async def cancel(self, conversion_id: str, user_id: int) -> bool:
        """Withdraws the review; False if there was nothing to withdraw."""
        return await self._journal.cancel(conversion_id, user_id=user_id, now=self._clock.now())

    async def confirm(
        self, conversion_id: str, *, user_id: int, message_id: int | None = None
    ) -> ConfirmResult:
        """Sends the conversion, if what was shown still holds; the outcome goes through the outbox, into
        the message if there is one.

        Raises `dust.errors` where the list can't be read again; the review can then still be confirmed.
        """
        conversion = await self._journal.get(conversion_id)
        hindrance = hindrance_of(conversion, user_id, self._clock.now())
        if conversion is None or hindrance is not None:
            return hindrance or Hindrance.GONE
        remedy = conversion.quote.remedy
        obstacle = await self.obstacle(conversion.account, remedy, try_now=True)
        if obstacle is not None:
            return obstacle
        before, (fresh, left_out) = await asyncio.gather(
            self._free(conversion), self._read_again(conversion)
        )
        if not fresh.lines:
            await self.cancel(conversion.id, user_id)
            return NothingToConvert(left_out)
        if not compare(conversion.quote, fresh):
            return await self._review_again(conversion, fresh, left_out)
        return await self._submit(conversion, fresh, left_out, message_id, before)

    @contextmanager
    def tapped(self, conversion_id: str) -> Iterator[None]:
        """While somebody's consent to it is followed: nothing else redraws its message."""
        self._tapped.add(conversion_id)
        try:
            yield
        finally:
            self._tapped.discard(conversion_id)

    def is_tapped(self, conversion_id: str) -> bool:
        """Whether somebody's consent to it is being followed."""
        return conversion_id in self._tapped

    async def drain(self, patience: timedelta) -> int:
        """Gives calls in flight that long to settle, then lets go of them; how many were let go."""
        if not self._in_flight:
            return 0
        _, pending = await asyncio.wait(self._in_flight, timeout=patience.total_seconds())
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)
        return len(pending)

    async def _read_again(self, conversion: Conversion) -> tuple[Quote, tuple[LeftOut, ...]]:
        """What would be sent now. A binding quote is what was shown, as long as it can be confirmed."""
        exchange = self._accounts[conversion.account]
        shown = conversion.quote
        fresh = shown if shown.binding else await exchange.prepare(shown.again())
        policy = await self._policy(conversion.account, conversion.chat_id, shown.remedy)
        kept, dropped = pick(fresh, shown.assets, policy, exchange.capabilities.max_assets)
        return kept, conversion.left_out + dropped

    async def _policy(self, account: str, chat_id: int | None, remedy: Remedy) -> DustPolicy:
        """What counts as dust for the chat now. A token that is swapped or sold was named by itself: there
        the ceiling says nothing. Raises `dust.errors` where the ceiling needs a price that can't be had."""
        if chat_id is None:
            return DustPolicy()
        settings = await self._preferences.get(chat_id)
        if settings.ceiling is None or remedy is not Remedy.DUST:
            return DustPolicy(settings.protected)
        return policy_of(settings, await self._accounts[account].rates())

    async def _review_again(
        self, old: Conversion, fresh: Quote, left_out: tuple[LeftOut, ...]
    ) -> Review | Hindrance:
        if old.chat_id is None or old.user_id is None:
            return Hindrance.GONE
        new = self._new(old.account, old.chat_id, old.user_id, fresh, left_out)
        if not await self._journal.supersede(old.id, new):
            return Hindrance.ALREADY
        return Review(new, previous=old.quote, rates=await self._rates(old.account))

    async def _rates(self, account: str) -> Rates | None:
        try:
            return await self._accounts[account].rates()
        except DustError:
            return None  # a worth is pleasant to see; a conversion does not wait for it

    async def _submit(
        self,
        shown: Conversion,
        fresh: Quote,
        left_out: tuple[LeftOut, ...],
        message_id: int | None,
        before: Decimal | None,
    ) -> Submitted | Hindrance | Awaiting:
        assert shown.user_id is not None  # noqa: S101 - `hindrance_of` compared it with the person
        claimed = await self._journal.claim(
            shown.id,
            user_id=shown.user_id,
            quote=fresh,
            left_out=left_out,
            message_id=message_id,
            now=self._clock.now(),
            balance_before=before,
        )
        if claimed is None:
            return await self._why_not_claimed(shown)
        task = asyncio.create_task(self._carry_out(claimed))
        self._in_flight.add(task)
        task.add_done_callback(self._in_flight.discard)
        await asyncio.shield(task)
        return Submitted(claimed.id)

    async def _why_not_claimed(self, shown: Conversion) -> Hindrance | Awaiting:
        live = await self._journal.live(shown.account)
        if live is not None and live.id != shown.id:
            return Awaiting(live)
        current = await self._journal.get(shown.id)
        user_id = shown.user_id or 0
        return hindrance_of(current, user_id, self._clock.now()) or Hindrance.ALREADY

    async def _carry_out(self, conversion: Conversion) -> None:
        """The one call and its end. Cancelled, it leaves `submitting`, which the next start reconciles."""
        try:
            result: ExecuteResult = await self._accounts[conversion.account].execute(conversion)
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the call may have gone through
            _log.warning("conversion %s: the call failed: %s", conversion.id, type(error).__name__)
            result = Unknown(f"the call failed: {type(error).__name__}")
        now = self._clock.now()
        settlement = settlement_of(result, now)
        cooldown = await self._cooldown_after(conversion, result, now)
        await self._store(conversion, settlement, cooldown)
        if settlement.state in (State.FILLED, State.PARTLY_FILLED):
            await self._weigh(conversion.id)

    async def _weigh(self, conversion_id: str) -> None:
        """Holds what the exchange has reported against the balance; the chat is told where they differ."""
        settled = await self._journal.get(conversion_id)
        if settled is None or settled.balance_before is None:
            return
        after = await self._free(settled)
        if after is None:
            return
        differs = replace(settled, balance_after=after).unexplained is not None
        notices = told(settled) if differs else ()
        try:
            await self._journal.note_balance(conversion_id, after, notices)
        except Exception:  # noqa: BLE001 - a comparison is pleasant to have; the outcome is stored already
            _log.warning("conversion %s: the balance could not be noted", conversion_id)

    async def _free(self, conversion: Conversion) -> Decimal | None:
        """What is free of the target now; None where that can't be read soon: nothing waits for it."""
        target = conversion.quote.target
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                balances = await self._accounts[conversion.account].balances()
        except (DustError, TimeoutError):
            return None
        return sum((one.free for one in balances if one.asset == target), ZERO)

    async def _store(
        self, conversion: Conversion, settlement: Settlement, cooldown: ConversionCooldown | None
    ) -> None:
        """Stores the outcome, however long the database takes to accept it."""
        failures = 0
        while True:
            try:
                await self._journal.settle(
                    conversion.id, settlement, notices=told(conversion), cooldown=cooldown
                )
            except ValueError as error:
                if settlement.state is State.UNKNOWN:
                    raise
                # An answer that contradicts the journal proves nothing: the log will show what happened.
                why = f"the answer does not fit the journal: {error}"
                settlement = Settlement(State.UNKNOWN, settlement.at, note=why, raw=settlement.raw)
                cooldown = None
            except Exception:  # noqa: BLE001 - the outcome must not be lost, whatever the database says
                _log.exception("conversion %s: the outcome could not be stored yet", conversion.id)
                await asyncio.sleep(self._store_pauses[min(failures, len(self._store_pauses) - 1)])
                failures += 1
            else:
                return

    async def _cooldown_after(
        self, conversion: Conversion, result: ExecuteResult, now: datetime
    ) -> ConversionCooldown | None:
        if conversion.quote.remedy is not Remedy.DUST:
            return None
        previous = await self._cooldowns.get(conversion.account)
        match result:
            case Filled() | PartlyFilled():
                return after_conversion(previous, conversion.account, now, LearnedFrom.SUCCESS, now)
            case Refused(refusal) if refusal.kind is RefusalKind.COOLDOWN:
                return after_refusal(previous, conversion.account, refusal.cooldown, now)
            case _:
                return None

    def _new(
        self,
        account: str,
        chat_id: int,
        user_id: int,
        quote: Quote,
        left_out: tuple[LeftOut, ...],
    ) -> Conversion:
        now = self._clock.now()
        return Conversion(
            id=secrets.token_hex(8),
            account=account,
            chat_id=chat_id,
            user_id=user_id,
            origin=Origin.CHAT,
            state=State.QUOTED,
            quote=quote,
            created_at=now,
            expires_at=min(now + REVIEW_LIFETIME, quote.valid_until or now + REVIEW_LIFETIME),
            left_out=left_out,
        )


async def _quoted(exchange: ExchangeAccount, wish: Wish) -> tuple[Quote, str | None]:
    """A quote for the wish; where its target is not offered, one into the exchange's own target together
    with the target that was wished."""
    try:
        return await exchange.prepare(wish), None
    except TargetNotOffered as error:
        if wish.target in (None, exchange.capabilities.target):
            raise
        return await exchange.prepare(replace(wish, target=None)), error.target


def told(conversion: Conversion) -> tuple[Addressed, ...]:
    """The notice that shows the conversion's end in the message where it was confirmed."""
    if conversion.chat_id is None:
        return ()
    return (Addressed(conversion.chat_id, Outcome(conversion.id), conversion.message_id),)


def settlement_of(result: ExecuteResult, now: datetime) -> Settlement:
    """What the answer to the one call means for the journal."""
    match result:
        case Filled(fills, raw):
            return Settlement(State.FILLED, now, fills=fills, raw=raw)
        case PartlyFilled(fills, raw):
            return Settlement(State.PARTLY_FILLED, now, fills=fills, raw=raw)
        case Accepted(reference, raw):
            return Settlement(State.ACCEPTED, now, reference=reference, raw=raw)
        case Refused(refusal, raw):
            return Settlement(State.REFUSED, now, refusal=refusal, raw=raw)
        case Unknown(why, raw, said):
            return Settlement(State.UNKNOWN, now, refusal=said, note=why, raw=raw)
        case _:
            assert_never(result)
