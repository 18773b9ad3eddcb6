"""Where the soak takes place: both servers, people in their chats, and what is counted meanwhile."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from sandbox.telegram import Chat, Person
from tests.flows.house import House
from tests.soak.witness import Witness

GROUP = -100500
#: Who may act in the group.
TRADERS = (1001, 2002)
#: Dollars for one unit.
TOKENS = {
    "ADA": "0.5",
    "TRX": "0.25",
    "XRP": "2",
    "DOGE": "0.1",
    "VET": "0.03",
    "DOT": "2.4",
    "LINK": "13",
    "SHIB": "0.000008",
}
_POLL = 0.02


@dataclass(frozen=True, slots=True)
class Seat:
    """One person in one chat; in the group everybody speaks rarely, as Telegram lets a bot answer there
    twenty times a minute. `rest` is in seconds."""

    person: Person
    chat: Chat
    rest: tuple[float, float] = (0.2, 1.5)


@dataclass
class Town:
    """Open for `seconds` from `begin` on; every actor leaves when it closes.

    `shown`: the text of each review when Confirm was first tapped. `confirmed`: who tapped on which.
    `problems`: what must not have happened.
    """

    house: House
    witness: Witness
    chance: Random
    seconds: float
    seats: Sequence[Seat]
    stranger: Chat
    tally: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    shown: dict[str, str] = field(default_factory=dict)
    confirmed: set[tuple[str, int]] = field(default_factory=set)
    website: set[int] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)
    desk: asyncio.Lock = field(default_factory=asyncio.Lock)
    _began: float = 0
    _closed: asyncio.Event = field(default_factory=asyncio.Event)

    @classmethod
    async def built(cls, house: House, chance: Random, seconds: float) -> "Town":
        """Three people in private chats, a group of four of whom two may act, a stranger, and some dust."""
        telegram = house.telegram
        ben, dora = telegram.person(2002, "Ben"), telegram.person(4004, "Dora")
        carl = telegram.person(3003, "Carl")
        members = [house.anna, ben, carl, telegram.person(5005, "Eve")]
        group = telegram.group(GROUP, "Traders", members)
        private = [Seat(one, telegram.private(one)) for one in (house.anna, ben, dora)]
        seats = [*private, *(Seat(one, group, (15, 40)) for one in members)]
        for token, dollars in TOKENS.items():
            house.price(token, dollars)
        house.exchange.rules.cooldown = timedelta(0)  # a refusal would teach the bot whole hours
        path = Path(house.settings["database_path"])
        witness = await Witness.beside(path)
        stranger = telegram.private(telegram.person(6006, "Mallory"))
        return cls(house, witness, chance, seconds, seats, stranger)

    def begin(self) -> None:
        """It opens."""
        self._began = asyncio.get_running_loop().time()

    @property
    def elapsed(self) -> float:
        """Seconds since it opened."""
        return asyncio.get_running_loop().time() - self._began

    @property
    def is_open(self) -> bool:
        """Whether actors go on."""
        return not self._closed.is_set() and self.elapsed < self.seconds

    def close(self) -> None:
        """Everybody leaves before the time is over."""
        self._closed.set()

    def settings(self) -> dict[str, str]:
        """Who may do what, in the words of `.env.example`; a look every two seconds."""
        allowed = sorted({seat.chat.id for seat in self.seats})
        return {
            "ALLOWED_CHATS": ",".join(map(str, allowed)),
            "ALLOWED_USERS": ",".join(map(str, TRADERS)),
            "CHECK_INTERVAL": "2s",
        }

    async def rest(self, shortest: float, longest: float) -> None:
        """Some seconds between the two, or less if it closes."""
        await self.until(lambda: False, self.chance.uniform(shortest, longest))

    async def until(self, fits: Callable[[], bool], patience: float) -> bool:
        """Whether it fits within so many seconds; what happens after the closing is not waited for."""
        end = min(self.elapsed + patience, self.seconds)
        while not (done := fits()) and self.elapsed < end and self.is_open:  # noqa: ASYNC110 - probes
            await asyncio.sleep(_POLL)
        return done

    def deposit(self, dollars: float) -> None:
        """Dust of one token arrives."""
        token = self.chance.choice(tuple(TOKENS))
        amount = Decimal(str(dollars)) / Decimal(TOKENS[token])
        self.house.exchange.wallet.deposit(token, amount.quantize(Decimal("0.0001")))
