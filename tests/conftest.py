"""For all tests: pauses of Telegram are spans of time, as the bot itself has python-telegram-bot give them."""

import os

os.environ["PTB_TIMEDELTA"] = "true"
