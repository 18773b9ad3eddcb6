"""`make soak`: the real bot for minutes on end, under people who do everything and faults of every kind."""

import argparse
import asyncio
import faulthandler
import os
import random
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.logs import configure_logs
from tests.soak.run import MARGIN, longest, soak

#: Longer than a request that never arrived stays in doubt.
PATIENCE = 200


def main() -> int:
    """Prints the figures; 0 if all held."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    wanted = parser.parse_args()
    seconds = wanted.minutes * 60
    # Should even the time limits hang: the stacks are shown, and the process ends.
    faulthandler.dump_traceback_later(longest(seconds, PATIENCE) + MARGIN, exit=True)
    configure_logs("ERROR", "text", ())
    print(
        f"{wanted.minutes:g} minutes and what it takes to settle; seed {wanted.seed}, "
        f"{os.cpu_count()} cores",
        flush=True,
    )
    with TemporaryDirectory(prefix="dustpan-soak-") as folder:
        end = asyncio.run(soak(Path(folder), seconds=seconds, patience=PATIENCE, seed=wanted.seed))
        print("\n".join(end.lines))
        if end.problems:
            print((Path(folder) / "stderr").read_text()[-20_000:], file=sys.stderr)
    return 1 if end.problems else 0


sys.exit(main())
