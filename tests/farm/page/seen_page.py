"""What the tests of the farm's page share: a browser, the page as somebody sees it, and a real farm in a process."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from duocast.farm.daemon.journal import Journal
from duocast.farm.daemon.lock import FolderLock, holder
from duocast.farm.daemon.tokens import Scope, mint

HERE = Path(__file__).parent
PATIENCE = 30.0
PHONE = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
DESK = {"width": 1440, "height": 900, "deviceScaleFactor": 1, "mobile": False}
BROWSER = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
DRIVER = shutil.which("chromedriver")


def open_browser():
    """A headless Chromium that plays without being touched; skips the test where there is none."""
    if BROWSER is None or DRIVER is None:
        pytest.skip("no Chromium with a chromedriver here: install both to try the page")
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is a development extra")
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    wanted = ("headless=new", "no-sandbox", "disable-gpu", "force-prefers-reduced-motion")
    for name in (*wanted, "autoplay-policy=no-user-gesture-required", "window-size=1440,900"):
        options.add_argument(f"--{name}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=Service(DRIVER))


class Page:
    """The page, and what can be seen on it."""

    def __init__(self, driver, address, size=None):
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size or DESK)
        driver.get("about:blank")
        driver.get_log("browser")
        driver.get(address)
        self.driver, self.address = driver, address

    def see(self, script, *given):
        return self.driver.execute_script(script, *given)

    def until(self, script, good=bool, patience=PATIENCE):
        """Wait until what a script gives is good, and give it."""
        end = time.monotonic() + patience
        while not good(found := self.see(script)):
            assert time.monotonic() < end, found
            time.sleep(0.05)
        return found

    def enter(self, token):
        self.until("return !document.getElementById('login').hidden")
        self.see("document.getElementById('token').value = arguments[0]", token)
        self.see("document.getElementById('enter').click()")

    def entered(self, token):
        self.enter(token)
        self.until("return !document.getElementById('farm').hidden")

    def go(self, route):
        self.see("location.hash = arguments[0]", route)

    def text(self, selector):
        return self.see(f"return document.querySelector({selector!r})?.innerText ?? ''")

    def texts(self, selector):
        return self.see(
            f"return [...document.querySelectorAll({selector!r})].map(each => each.innerText)"
        )

    def says(self, selector, words, patience=PATIENCE):
        script = f"return document.querySelector({selector!r})?.innerText ?? ''"
        return self.until(script, lambda text: words in text, patience)

    def click(self, selector):
        """Click on the first element of this kind, as soon as there is one."""
        self.until(f"return Boolean(document.querySelector({selector!r}))")
        self.see(f"document.querySelector({selector!r}).click()")

    def press(self, words, inside="body"):
        """Press the button with these words."""
        found = f"[...document.querySelectorAll({inside + ' button'!r})].find(b => b.innerText.trim() === {words!r})"
        self.until(f"return Boolean({found} && !{found}.disabled)")
        self.see(f"{found}.click()")

    @property
    def complaints(self):
        """What the browser's console has against the page."""
        return [
            line
            for line in self.driver.get_log("browser")
            if line["level"] in ("SEVERE", "WARNING")
        ]


class DrawingFarm:
    """A real farm whose engines draw when they are let; it can be killed and started again on the same port."""

    def __init__(self, home, workers=3):
        self.folder, self.gates, self.workers = home / "farm", home / "gates", workers
        self.log = home / "farm.log"
        self.gates.mkdir()
        self.process = None
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            self.port = taken.getsockname()[1]

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def token(self, user, scope=Scope.SUBMIT):
        """A token; only before the farm is started."""
        with FolderLock(self.folder), Journal(self.folder) as journal:
            journal.begin()
            token, _, deed = mint(user, scope, time.time())
            journal.append([], [deed])
        return token

    def let(self, *names):
        """Let tasks be made."""
        for name in names:
            (self.gates / name.replace("/", "-")).touch()

    def start(self):
        command = [sys.executable, HERE / "drawing_farmd.py", self.folder, str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, str(self.workers)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, "PYTHONPATH": str(HERE)},
                start_new_session=True,
            )
        end = time.monotonic() + 60
        while time.monotonic() < end and self.process.poll() is None:
            found = holder(self.folder) if self.folder.is_dir() else None
            if found is not None and found.url:
                return
            time.sleep(0.02)
        raise AssertionError(self.log.read_text())

    def end(self, number=signal.SIGTERM):
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait(30)
            self.process = None
