"""Somebody with a browser in front of `make demo`."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

BROWSER, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
ROOT = Path(__file__).resolve().parents[2]

_FLAGS = (
    "--headless=new",
    "--no-sandbox",  # tests may run as root, where Chromium has no sandbox
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


@contextmanager
def demo_running() -> Iterator[str]:
    """The demo as a process of its own; gives its address and ends it with Ctrl-C, which must go well."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        address = next(found[0] for line in process.stdout if (found := _ADDRESS.search(line)))
        yield address
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@contextmanager
def browsing(
    address: str, *, width: int = 1200, height: int = 850, scale: int = 1, dark: bool = False
) -> Iterator["Visitor"]:
    """A fresh headless Chromium that has opened the page."""
    options = ChromeOptions()
    options.binary_location = BROWSER or ""
    for flag in (*_FLAGS, f"--force-device-scale-factor={scale}"):
        options.add_argument(flag)
    driver = Chrome(options=options, service=Service(DRIVER, env=dict(os.environ)))
    try:
        driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": False},
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        driver.get(address)
        yield Visitor(driver)
    finally:
        driver.quit()


class Visitor:
    """Reads, writes and taps; every wait is for something that is to be seen."""

    def __init__(self, driver: Chrome) -> None:
        self.driver = driver

    def until(self, seen: Callable[[], object], what: str, seconds: float = 10) -> None:
        """Waits until it is to be seen."""
        WebDriverWait(self.driver, seconds, poll_frequency=0.05).until(lambda _: seen(), what)

    def start(self) -> None:
        """Presses Start, as in a chat with a new bot."""
        self.until(lambda: self._one("#start").is_displayed(), "no Start button")
        self._one("#start").click()
        self.sees("Dustpan watches your spot wallet")

    def write(self, text: str) -> None:
        """Sends a message."""
        self._one("#composer").send_keys(text)
        self._one("#send").click()

    def sees(self, *texts: str, seconds: float = 10) -> str:
        """Waits for one message of the bot that holds all of these; gives its text."""
        found: list[str] = []

        def look() -> bool:
            found[:] = [text for text in self.messages() if all(part in text for part in texts)]
            return bool(found)

        self.until(look, f"no message with {texts}", seconds)
        return found[-1]

    def messages(self) -> list[str]:
        """What the bot has written, oldest first."""
        script = "return [...document.querySelectorAll('.message:not(.mine) .text')].map(n => n.innerText)"
        return list(self.driver.execute_script(script))

    def tap(self, label: str) -> None:
        """Taps the lowest button whose label begins so."""
        self.until(lambda: self._on_button(label, "key.click()"), f"no button {label}")

    def has_button(self, label: str) -> bool:
        """Whether there is a button whose label begins so."""
        return self._on_button(label, "")

    def settle(self) -> None:
        """Goes to the newest message and waits until nothing moves."""
        self.driver.execute_script(
            "const list = document.getElementById('messages'); list.scrollTop = list.scrollHeight"
        )
        script = "return document.getAnimations().every(a => a.playState !== 'running')"
        self.until(lambda: self.driver.execute_script(script), "the page does not come to rest")

    def press(self, css: str) -> None:
        """Presses something of the panel."""
        self.driver.execute_script("arguments[0].click()", self._one(css))

    def bnb(self) -> str:
        """The balance that the panel shows."""
        return str(self._one("#bnb").get_attribute("textContent"))

    def picture(self, path: Path) -> None:
        """What is to be seen now, as a PNG."""
        assert self.driver.save_screenshot(str(path))

    def _on_button(self, label: str, action: str) -> bool:
        """Finds and acts in one step: an edit of the message may replace the button at any moment."""
        script = (
            "const key = [...document.querySelectorAll('.keyboard button')]"
            ".findLast(b => b.title.startsWith(arguments[0]));"
            f"if (!key) return false; {action}; return true"
        )
        return bool(self.driver.execute_script(script, label))

    def _one(self, css: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, css)
