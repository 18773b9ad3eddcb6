"""`python -m bench [requests] [start] [answers]`: prints the figures, all of them unless some are named."""

import argparse
import asyncio
import os
from platform import python_version

from bench import answers, exchange_requests, start
from bot.logs import configure_logs

PARTS = {
    "requests": exchange_requests.measure,
    "start": start.measure,
    "answers": answers.measure,
}


async def _print(chosen: list[str]) -> None:
    print(
        f"{os.cpu_count()} cores, load average {os.getloadavg()[0]:.2f}, Python {python_version()}"
    )
    for name in chosen or PARTS:
        await PARTS[name]()


parser = argparse.ArgumentParser(prog="python -m bench", description="Measures Dustpan.")
parser.add_argument("parts", nargs="*", choices=[[], *PARTS], metavar="|".join(PARTS))
configure_logs("ERROR", "text", ())
asyncio.run(_print(parser.parse_args().parts))
