"""The live page in a real browser: what a writer sees while editing, without ever reloading."""

import shutil
import time
from contextlib import contextmanager

import pytest
from scripts_for_watch import FILM, write_film

from measure.terminal import ended, left_of, start

pytestmark = pytest.mark.slow

BROWSER = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
DRIVER = shutil.which("chromedriver")
PATIENCE = 150.0
STATES = "return [...document.querySelectorAll('.card')].map(card => card.dataset.state)"
STILLS = """
return [...document.querySelectorAll('.card')].map(card => [card.dataset.shot, card.querySelector('img').src])"""
VERDICT = "return document.getElementById('verdict').textContent"
PLAYING = """
const video = [...document.querySelectorAll('#screen video')].find(each => !each.paused && each.currentTime > 0);
return video ? {shot: video.dataset.shot, clip: video.dataset.clip, size: video.videoWidth} : null"""
SOUND = """
const video = [...document.querySelectorAll('#screen video')].find(each => each.dataset.clip);
return video.webkitAudioDecodedByteCount"""


class Page:
    """The page, and what can be seen on it."""

    def __init__(self, driver, address):
        driver.get("about:blank")
        driver.get_log("browser")
        driver.get(address)
        self.driver = driver

    def see(self, script):
        return self.driver.execute_script(script)

    def until(self, script, good, patience=PATIENCE):
        """Wait until what a script gives is good, and give it."""
        end = time.monotonic() + patience
        while not good(found := self.see(script)):
            assert time.monotonic() < end, found
            time.sleep(0.05)
        return found

    @property
    def complaints(self):
        return self.driver.get_log("browser")


@pytest.fixture(scope="module")
def browser():
    """A headless Chromium that plays without being touched."""
    if BROWSER is None or DRIVER is None:
        pytest.skip("no Chromium with a chromedriver here: install both to try the page")
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is a development extra")
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    wanted = (
        "headless=new",
        "no-sandbox",
        "disable-gpu",
        "autoplay-policy=no-user-gesture-required",
    )
    for name in (*wanted, "window-size=1440,900"):
        options.add_argument(f"--{name}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield driver
    driver.quit()


@contextmanager
def watching(home, *options):
    """A watch of a film, its script and its page's address."""
    script = write_film(home / "film")
    process = start("compile", script, "--watch", *options, home=home)
    try:
        while not (line := process.stdout.readline()).startswith("page: "):
            assert line, process.stderr.read()
        yield script, line.removeprefix("page: ").strip()
    finally:
        process.terminate()
        found = ended(process, 60)
    assert not found.crashed, found.err
    assert left_of(home) == []


def test_an_edit_is_seen_and_played_and_an_error_comes_and_goes(browser, tmp_path):
    with watching(tmp_path) as (script, address):
        page = Page(browser, address)
        page.see("window.sameAsBefore = true")
        page.until(STATES, lambda states: len(states) == 6 and set(states) == {"ready"})
        before = dict(page.see(STILLS))

        script.write_text(FILM.replace("I never opened it.", "[85mm, close on JONAS] I burnt it."))
        page.until(VERDICT, lambda words: "1 shot changed" in words)
        playing = page.until(PLAYING, bool)
        page.until(STATES, lambda states: set(states) == {"ready"})
        changed = {shot for shot, src in page.see(STILLS) if before.get(shot) != src}
        assert changed == {playing["shot"]}
        assert playing["size"] == 160
        assert page.see(SOUND) > 0
        script.write_text(FILM.replace("I never opened it.", "[85mm, close on JONAS] I lost it."))
        page.until(PLAYING, lambda found: bool(found) and found["clip"] != playing["clip"])
        page.until(STATES, lambda states: set(states) == {"ready"})

        script.write_text(FILM.replace("JONAS\n(quiet)", "JONES\n(quiet)"))
        page.until(VERDICT, lambda words: words.startswith("1 error"))
        findings = "return document.getElementById('findings').innerText"
        assert "there is no JONES in the cast" in page.see(findings)
        assert page.see("return document.querySelector('.row.error').textContent") == "JONES"
        assert set(page.see(STATES)) == {"ready"}

        script.write_text(FILM)
        page.until(VERDICT, lambda words: words.startswith("ok"))
        assert page.see("return document.getElementById('findings').hidden")
        page.until(STATES, lambda states: set(states) == {"ready"})
        assert page.see("return window.sameAsBefore")
        assert page.complaints == []


def test_a_line_leads_to_its_shot_and_a_shot_to_its_lines(browser, tmp_path):
    with watching(tmp_path) as (_, address):
        page = Page(browser, address)
        page.until(STATES, lambda states: len(states) == 6 and set(states) == {"ready"})
        page.see(
            "[...document.querySelectorAll('.row')].find(r => r.textContent === 'I never opened it.').click()"
        )
        playing = page.until(PLAYING, bool)
        assert playing["shot"].startswith("kitchen-night/")
        marked = page.see(
            "return [...document.querySelectorAll('.row.on')].map(row => row.textContent)"
        )
        assert marked == ["JONAS", "(quiet)", "I never opened it."]
        press(browser, "ArrowRight")
        page.until(
            "return document.querySelector('.card.on').textContent",
            lambda words: "Then open it now." in words,
        )
        page.until("return document.getElementById('whole').textContent", lambda text: "0:" in text)
        page.until(
            "return [...document.querySelectorAll('.work i')].length", lambda bars: bars == 0
        )
        page.see("document.querySelector('.card').click()")
        press(browser, " ")
        press(browser, " ")
        page.until(PLAYING, lambda found: bool(found) and found["clip"].startswith("film-"))
        assert page.complaints == []


def test_the_page_says_when_the_watch_has_ended_and_fits_a_phone(browser, tmp_path):
    with watching(tmp_path, "--on-change", "check") as (_, address):
        size = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        page = Page(browser, address)
        page.until(
            "return document.getElementById('link').textContent", lambda words: words == "live"
        )
        page.until(STATES, lambda states: states == ["empty"] * 6)
        assert page.see("return document.documentElement.scrollWidth") <= 390
        page.see("document.querySelector('[data-show=script]').click()")
        assert page.see("return document.documentElement.scrollWidth") <= 390
        assert page.see("return document.getElementById('script').offsetHeight") > 100
    page.until(
        "return document.getElementById('link').textContent", lambda words: "waiting" in words
    )
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def press(browser, key):
    """Press a key on the page, wherever the focus is."""
    event = f"new KeyboardEvent('keydown', {{key: {key!r}, bubbles: true}})"
    browser.execute_script(f"document.activeElement.blur(); document.body.dispatchEvent({event})")
