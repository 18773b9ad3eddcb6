"""Local stand-ins for Telegram and the exchanges, for the demo and the tests."""
