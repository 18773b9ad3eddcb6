"""What a debugger, a traceback or a careless log line would show of the things that hold secrets."""

import traceback
from collections.abc import Iterator
from dataclasses import fields

import pytest
from pydantic import ValidationError

from bot.settings import Settings
from dust.errors import DustError
from sandbox.binance import faults
from tests.flows.house import KEY, LIST, SECRET, TOKEN, House
from tests.flows.leaks import Leaks

LEAKS = Leaks.of((TOKEN, KEY, SECRET))


def parts(thing: object) -> Iterator[tuple[str, object]]:
    """The fields of a dataclass, by name."""
    for field in fields(thing):  # type: ignore[arg-type]
        yield field.name, getattr(thing, field.name)


async def test_nothing_that_is_built_shows_a_secret(house: House) -> None:
    async with house.running():
        world = house.world
        assert world is not None
        things = [("world", world), *parts(world), *parts(world.deps)]
        things += [("bot", world.app.bot), ("updater", world.app.updater)]
        for name, account in world.deps.accounts.items():
            client = vars(account)["_wire"].client
            things += [(name, account), ("client", client), ("session", client.session)]
        for name, thing in things:
            for shown in (repr(thing), str(thing), f"{thing}"):
                LEAKS.check(shown, name)
    assert len(things) > 20


def test_settings_show_no_secret(house: House) -> None:
    settings = Settings.in_code(**house.settings)
    for shown in (
        repr(settings),
        str(settings),
        repr(settings.accounts),
        str(settings.model_dump()),
    ):
        LEAKS.check(shown, "the settings")
    assert settings.secrets() == (TOKEN, KEY, SECRET)


@pytest.mark.parametrize("change", [{"telegram_token": f"{TOKEN} \n"}, {"no_such_setting": SECRET}])
def test_wrong_settings_show_no_secret(house: House, change: dict[str, object]) -> None:
    with pytest.raises(ValidationError) as caught:
        Settings.in_code(**(house.settings | change | {"check_interval": "1s"}))
    LEAKS.check("".join(traceback.format_exception(caught.value)), "the traceback")
    LEAKS.check(repr(caught.value), "the exception")


@pytest.mark.parametrize(
    "fault",
    [
        faults.refuse(-2015, f"Invalid {KEY}", status=401),
        faults.refuse(-9999, f"{KEY} {SECRET}"),
        faults.answer_text(f"{KEY} {SECRET}", 502),
        faults.drop(execute=False),
        faults.cut(),
    ],
)
async def test_no_exception_of_an_account_shows_a_secret(house: House, fault: faults.Fault) -> None:
    async with house.running():
        await house.looked()
        assert house.world is not None
        house.exchange.faults.script(LIST, fault)
        with pytest.raises(DustError) as caught:
            await house.world.deps.accounts["main"].candidates()
    error: BaseException | None = caught.value
    while error is not None:
        LEAKS.check(f"{error!r} {error} {error.args} {vars(error)}", type(error).__name__)
        error = error.__cause__ or error.__context__
