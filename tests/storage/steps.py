"""What several tests of the store do on their way."""

from dust.conversion import Conversion, Settlement, State
from dust.notices import Addressed, Notice, OutboxItem
from storage.store import Store
from tests.factories import NOON, a_conversion


async def claimed(store: Store, offer: Conversion | None = None) -> Conversion:
    """A conversion that was offered, confirmed, and is on its way to the exchange."""
    offer = offer or a_conversion()
    await store.journal.add_quoted(offer)
    won = await confirm(store, offer)
    assert won is not None
    return won


async def confirm(store: Store, offer: Conversion) -> Conversion | None:
    """The person who was offered it confirms at once."""
    assert offer.user_id is not None
    return await store.journal.claim(
        offer.id,
        user_id=offer.user_id,
        quote=offer.quote,
        left_out=(),
        message_id=offer.message_id,
        now=offer.created_at,
    )


async def in_doubt(store: Store, offer: Conversion | None = None) -> Conversion:
    """A conversion whose answer got lost."""
    live = await claimed(store, offer)
    return await store.journal.settle(live.id, Settlement(State.UNKNOWN, NOON))


async def queued(store: Store) -> list[Addressed]:
    """Everything in the outbox, oldest first; it is empty afterwards."""
    found: list[OutboxItem] = []
    while items := await store.outbox.due(NOON):
        found += items
        for item in items:
            await store.outbox.delivered(item.id)
    return [item.addressed for item in sorted(found, key=lambda item: item.id)]


def to(chat_id: int, notice: Notice) -> Addressed:
    """The notice as a message of its own."""
    return Addressed(chat_id, notice)


async def story(store: Store, conversion_id: str) -> list[tuple[str | None, str]]:
    """The moves of the conversion as the journal tells them."""
    rows = await store.database.all(
        "SELECT * FROM conversion_event WHERE conversion_id = ? ORDER BY id", conversion_id
    )
    return [(row["from_state"], row["to_state"]) for row in rows]
