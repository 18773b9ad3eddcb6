"""A second process with the same bot stops with a sentence, whatever database it was given."""

import os
import stat
import tempfile
from pathlib import Path

import pytest

from bot.lock import only_poller
from bot.start_problems import AlreadyRunning, StartProblem
from tests.flows.house import TOKEN, House
from tests.flows.process import bot_process

ANOTHER_TOKEN = "110201543:another-token-of-nobody-at-all"


@pytest.fixture(autouse=True)
def temporary(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files that no other process knows."""
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


async def test_a_second_process_with_the_token_says_so_and_ends_with_2(tmp_path: Path) -> None:
    async with House.built(tmp_path) as house, bot_process(house):
        elsewhere = str(tmp_path / "other" / "dustpan.sqlite3")
        async with bot_process(house, reachable=False, DATABASE_PATH=elsewhere) as second:
            assert await second.ended() == 2
            assert second.log().splitlines()[-1] == (
                "Dustpan is already running with this TELEGRAM_TOKEN: stop the other one first, "
                "or give this one a bot of its own."
            )
            assert "Traceback" not in second.log()
        await house.ask("/help", "/dust")


async def test_a_killed_process_leaves_the_bot_free(tmp_path: Path) -> None:
    async with House.built(tmp_path) as house:
        async with bot_process(house) as first:
            await first.kill()
        async with bot_process(house):
            await house.ask("/help", "/dust")


def test_another_bot_may_run_beside() -> None:
    with only_poller(TOKEN), only_poller(ANOTHER_TOKEN):
        pass


def test_the_lock_shows_nothing_of_the_token_and_is_for_its_owner_alone(temporary: Path) -> None:
    with only_poller(TOKEN):
        [file] = temporary.iterdir()
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert file.read_bytes() == b""
        number, _, secret = TOKEN.partition(":")
        assert number not in file.name
        assert not any(secret[at : at + 4] in file.name for at in range(len(secret) - 3))


def test_the_lock_is_free_after_an_end_with_an_error() -> None:
    with pytest.raises(BlockingIOError), only_poller(TOKEN):
        raise BlockingIOError
    with only_poller(TOKEN), pytest.raises(AlreadyRunning), only_poller(TOKEN):
        pass


def test_a_link_that_somebody_put_in_its_place_is_not_followed(temporary: Path) -> None:
    with only_poller(TOKEN):
        [file] = temporary.iterdir()
    file.unlink()
    file.symlink_to(temporary / "precious")
    with pytest.raises(StartProblem, match="can't be opened"), only_poller(TOKEN):
        pass
    assert not os.path.lexists(temporary / "precious")
