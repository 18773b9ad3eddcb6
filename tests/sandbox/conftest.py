"""A local Telegram, a real client for it, and two people."""

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from sandbox.telegram import Chat, Person, TelegramSandbox


@pytest.fixture
def token() -> str:
    return "4242:made-up-token"


@pytest.fixture
async def tg(token: str) -> AsyncIterator[TelegramSandbox]:
    async with TelegramSandbox(token) as sandbox:
        yield sandbox


@pytest.fixture
async def bot(tg: TelegramSandbox, token: str) -> AsyncIterator[Bot]:
    async with Bot(token, base_url=f"{tg.url}/bot") as client:
        yield client


@pytest.fixture
async def other_bot(tg: TelegramSandbox, token: str) -> AsyncIterator[Bot]:
    async with Bot(token, base_url=f"{tg.url}/bot") as client:
        yield client


@pytest.fixture
def anna(tg: TelegramSandbox) -> Person:
    return tg.person(1001, "Anna")


@pytest.fixture
def ben(tg: TelegramSandbox) -> Person:
    return tg.person(1002, "Ben", username="ben_example")


@pytest.fixture
def chat(tg: TelegramSandbox, anna: Person) -> Chat:
    return tg.private(anna)


@pytest.fixture
def desk(tg: TelegramSandbox, anna: Person, ben: Person) -> Chat:
    return tg.group(-500, "Desk", [anna, ben])
