"""`python -m bot`: the command line."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.start_problems import StartProblem


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a sub-command and returns the exit code: 0 ended, 2 something to put right first."""
    parser = argparse.ArgumentParser(prog="python -m bot", description="Dustpan, the dust bot.")
    commands = parser.add_subparsers(dest="command")
    commands.add_parser("run", help="serve the chats of the settings (the default)")
    demo = commands.add_parser("demo", help="try everything in a browser, with a made-up account")
    demo.add_argument("--port", type=int, default=0, help="port of the page (default: a free one)")
    backup = commands.add_parser("backup", help="copy the database, also while the bot is running")
    backup.add_argument("path", type=Path, metavar="PATH", help="the copy; never overwritten")
    chosen = parser.parse_args(arguments)
    try:
        if chosen.command == "demo":
            _demo(chosen.port)
        elif chosen.command == "backup":
            _back_up(chosen.path)
        else:
            _run()
    except StartProblem as problem:
        for sentence in problem.sentences:
            sys.stderr.write(sentence + "\n")
        return 2
    except KeyboardInterrupt:
        return 0
    return 0


def _run() -> None:
    from bot.environment import load_settings
    from bot.logs import configure_logs

    settings = load_settings()
    configure_logs(settings.log_level, settings.log_format, settings.secrets())
    from bot.run import run

    asyncio.run(run(settings, _say))


def _demo(port: int) -> None:
    from bot.demo import demo

    asyncio.run(demo(port, _say))


def _back_up(target: Path) -> None:
    from bot.backup_command import back_up

    _say(asyncio.run(back_up(target)))


if __name__ == "__main__":
    sys.exit(main())
