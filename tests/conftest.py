"""For all tests: a pause of Telegram is a span of time, as the bot has python-telegram-bot give it."""

import os

os.environ["PTB_TIMEDELTA"] = "true"
