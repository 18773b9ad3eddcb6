"""`python -m bot backup PATH`: a copy of the database while the bot works with it."""

import resource
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.__main__ import main
from storage.store import Store
from tests.flows.house import KEY, SECRET, TOKEN, House

ROOT = Path(__file__).parents[2]


class Ended(NamedTuple):
    """How the command ended and what it said."""

    code: int
    said: str
    problem: str


class Command:
    """The sub-command in this process, with DATABASE_PATH as the only setting."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, target: Path) -> Ended:
        self._capsys.readouterr()
        code = main(["backup", str(target)])
        written = self._capsys.readouterr()
        return Ended(code, written.out, written.err)


@pytest.fixture
def back_up(capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(capsys)


@pytest.fixture
def database(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where DATABASE_PATH points; nothing is there yet."""
    path = folder / "data" / "dustpan.sqlite3"
    monkeypatch.setenv("DATABASE_PATH", str(path))
    return path


@pytest.fixture
async def house(folder: Path) -> AsyncIterator[House]:
    """A running bot with the database in the same folder, in the middle of its day."""
    async with House.built(folder) as built:
        built.sprinkle()
        async with built.running():
            await built.looked()
            review = await built.review_all()
            await review.tap("✅ Confirm")
            await built.shown("Received")
            yield built


def command_beside(target: Path, *, largest_file: int | None = None) -> Ended:
    """The same as a process of its own, which may write no file larger than so many bytes."""

    def limit() -> None:
        if largest_file is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

    ended = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "bot", "backup", str(target)],
        env={"PYTHONPATH": str(ROOT), "DATABASE_PATH": "data/dustpan.sqlite3"},
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=False,
    )
    return Ended(ended.returncode, ended.stdout, ended.stderr)


def names_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


async def test_a_copy_made_while_the_bot_runs_is_whole_private_and_opens(
    house: House, folder: Path
) -> None:
    copy = folder / "copy.sqlite3"
    ended = command_beside(copy)
    assert (ended.code, ended.problem) == (0, "")
    assert ended.said == f"data/dustpan.sqlite3 was copied to {copy}.\n"
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    store = await Store.open(copy)
    try:
        [conversion], total = await store.journal.history(["main"], limit=1, offset=0)
        assert (total, conversion.state) == (1, "filled")
    finally:
        await store.close()


async def test_a_copy_holds_no_secret(house: House, folder: Path) -> None:
    copy = folder / "copy.sqlite3"
    assert command_beside(copy).code == 0
    content = copy.read_bytes()
    for secret in (TOKEN, TOKEN.partition(":")[2], KEY, SECRET):
        assert secret.encode() not in content


async def test_a_disk_without_space_is_a_sentence_and_leaves_nothing_behind(
    house: House, folder: Path
) -> None:
    before = names_in(folder)
    ended = command_beside(folder / "copy.sqlite3", largest_file=20_000)
    assert ended.code == 2
    assert ended.problem.startswith("data/dustpan.sqlite3 was not copied: The disk")
    assert "Traceback" not in ended.problem
    assert names_in(folder) == before
    await house.ask("/history", "1 conversion")


async def made(path: Path) -> None:
    store = await Store.open(path)
    await store.close()


async def test_a_file_that_exists_is_never_overwritten(database: Path, folder: Path) -> None:
    await made(database)
    letter = folder / "letter.txt"
    letter.write_text("Dear reader")
    ended = command_beside(letter)
    assert ended.code == 2
    assert (
        ended.problem == f"{letter} exists already and is never overwritten: name another file.\n"
    )
    assert letter.read_text() == "Dear reader"


def test_a_database_that_is_missing_is_a_sentence_and_is_not_made(
    database: Path, folder: Path, back_up: Command
) -> None:
    ended = back_up(folder / "copy.sqlite3")
    assert ended.code == 2
    assert ended.problem.startswith(f"DATABASE_PATH names {database}, where there is no database")
    assert list(folder.iterdir()) == []


def test_a_file_that_is_no_database_is_a_sentence(
    database: Path, folder: Path, back_up: Command
) -> None:
    database.parent.mkdir()
    database.write_text("Dear reader, " * 500)
    ended = back_up(folder / "copy.sqlite3")
    assert ended.code == 2
    assert "not a Dustpan database" in ended.problem
    assert not (folder / "copy.sqlite3").exists()


async def test_a_place_that_can_not_be_written_is_a_sentence(database: Path, folder: Path) -> None:
    await made(database)
    ended = command_beside(folder / "nowhere" / "copy.sqlite3")
    assert ended.code == 2
    assert ended.problem.startswith(
        f"{folder / 'nowhere' / 'copy.sqlite3'} can't be written (No such"
    )


def test_the_path_may_come_from_the_env_file_and_nothing_else_is_needed(
    folder: Path, back_up: Command
) -> None:
    (folder / ".env").write_text("DATABASE_PATH=elsewhere.sqlite3\nTELEGRAM_TOKEN=\nNONSENSE=1\n")
    ended = back_up(folder / "copy.sqlite3")
    assert ended.code == 2
    assert ended.problem.startswith("DATABASE_PATH names elsewhere.sqlite3,")


def test_the_command_is_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "backup" in capsys.readouterr().out
