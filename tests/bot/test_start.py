"""A start that can't be: exit code 2 and one sentence for each fault on stderr, and nothing else."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.lock import only_instance
from storage.m001_first_tables import APPLICATION_ID
from tests.bot.conftest import GOOD

ROOT = Path(__file__).parents[2]
NOWHERE = "http://127.0.0.1:9"  # nothing listens there; nothing is asked there either


def start(folder: Path, *arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Runs `python -m bot` with these variables only, until it ends."""
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **variables},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def refused(folder: Path, **variables: str) -> list[str]:
    """The sentences that a start with these variables ends with."""
    ended = start(folder, **variables)
    assert ended.returncode == 2, ended.stderr
    assert ended.stdout == ""
    assert "Traceback" not in ended.stderr
    for secret in GOOD.values():
        assert secret not in ended.stderr
    return ended.stderr.splitlines()


def with_database(path: Path) -> dict[str, str]:
    """Good settings with this database."""
    return {**GOOD, "TELEGRAM_API_URL": NOWHERE, "DATABASE_PATH": str(path)}


def test_without_settings_each_missing_one_has_its_sentence(folder: Path) -> None:
    sentences = refused(folder)
    assert sentences[0] == "There is no .env here: copy .env.example to .env and fill it in."
    assert [sentence.split()[0] for sentence in sentences[1:]] == [
        "TELEGRAM_TOKEN",
        "EXCHANGE_API_KEY",
        "EXCHANGE_API_SECRET",
    ]
    assert list(folder.iterdir()) == [], "nothing was made before the settings were right"


def test_wrong_settings_of_the_file_are_named_with_the_cure(folder: Path) -> None:
    lines = [f"{name}={value}" for name, value in GOOD.items()]
    (folder / ".env").write_text("\n".join((*lines, "CHECK_INTERVAL=1s", "ALLOWED_CHAT=5")))
    short, unknown = refused(folder)
    assert short == "CHECK_INTERVAL is too short: the shortest is 2s."
    assert unknown.startswith("ALLOWED_CHAT is not a setting of Dustpan: write ALLOWED_CHATS if")


def test_a_database_of_a_newer_version_is_left_alone(folder: Path) -> None:
    path = folder / "dustpan.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute("PRAGMA user_version = 999")
    content = path.read_bytes()
    (sentence,) = refused(folder, **with_database(path))
    assert sentence == (
        f"DATABASE_PATH {path}: The database was written by a newer Dustpan; install that version."
    )
    assert path.read_bytes() == content


def test_a_damaged_database_is_named(folder: Path) -> None:
    path = folder / "dustpan.sqlite3"
    path.write_bytes(b"no database at all" * 1000)
    (sentence,) = refused(folder, **with_database(path))
    assert sentence == (
        f"DATABASE_PATH {path}: The file at the database's path is not a Dustpan database."
    )


def test_a_second_process_on_the_same_database_ends(folder: Path) -> None:
    path = folder / "data" / "dustpan.sqlite3"
    with only_instance(path):
        (sentence,) = refused(folder, **with_database(path))
    assert sentence.startswith(f"Dustpan is already running with {path}: stop the other one first")


@pytest.mark.parametrize("arguments", [("serve",), ("run", "--fast"), ("demo", "--port", "many")])
def test_a_wrong_command_line_shows_how_it_is_used(
    folder: Path, arguments: tuple[str, ...]
) -> None:
    ended = start(folder, *arguments)
    assert ended.returncode == 2
    assert ended.stderr.startswith("usage: python -m bot")
    assert "Traceback" not in ended.stderr
