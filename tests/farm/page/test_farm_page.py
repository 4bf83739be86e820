"""The operator's page on a real farm, in a real browser: from the login to the finished film."""

import signal

import pytest
from drawing_engines import specs
from seen_page import DrawingFarm, Page, open_browser

from duocast.farm.client.address import address
from duocast.farm.client.connection import Connection
from duocast.farm.client.submit import Order, send
from duocast.farm.daemon.tokens import Scope

pytestmark = pytest.mark.slow
SHOTS = "return [...document.querySelectorAll('#shot-list .card')].map(c => c.dataset.state)"
PICTURES = """
return [...document.querySelectorAll('#shot-list .card img')].filter(i => i.naturalWidth > 0).length"""
PLAYING = """
const video = [...document.querySelectorAll('#screen video')].find(v => !v.paused && v.currentTime > 0);
return video ? {clip: video.dataset.clip, shot: video.dataset.shot, width: video.videoWidth} : null"""


@pytest.fixture(scope="module")
def browser():
    driver = open_browser()
    yield driver
    driver.quit()


@pytest.fixture
def farm(tmp_path):
    farm = DrawingFarm(tmp_path)
    farm.admin = farm.token("ada", Scope.ADMIN)
    farm.mara = farm.token("mara")
    farm.start()
    yield farm
    farm.end()


def submit(farm, name, shots=3, token=None):
    with Connection(address(farm.url, token or farm.mara)) as connection:
        order = Order(name, specs(shots, farm.gates), ("film/master",), f"{name} {shots}")
        return send(connection, order, {}).job


def test_a_wrong_token_opens_nothing_and_a_right_one_the_farm(browser, farm):
    page = Page(browser, farm.url)
    page.enter("duo_wrong")
    page.says("#login-wrong", "does not know this token")
    assert page.see("return document.getElementById('farm').hidden")
    assert page.see("return sessionStorage.getItem('duocast-token')") is None
    page.complaints  # noqa: B018 -- the browser itself complains about the 401 that was meant
    page.entered(farm.mara)
    page.says("#no-jobs", "duocast submit")
    page.says("#link", "live")
    assert not page.see("return document.getElementById('to-audit').checkVisibility()")
    page.driver.refresh()
    page.until("return !document.getElementById('farm').hidden")
    page.press("Leave")
    assert page.see("return !document.getElementById('login').hidden")
    assert page.see("return sessionStorage.getItem('duocast-token')") is None
    assert page.complaints == []


def test_a_job_comes_its_shots_fill_and_the_film_plays(browser, farm):
    page = Page(browser, farm.url)
    page.entered(farm.admin)
    job = submit(farm, "The Kitchen")
    page.says("#job-list", "The Kitchen")
    page.click(".job-row")
    page.says("#job-name", "The Kitchen")
    page.until(SHOTS, lambda states: len(states) == 3 and "running" in states)
    assert page.see(PICTURES) == 0

    farm.let("kitchen/shot-1/still")
    page.until(PICTURES, lambda many: many == 1)
    farm.let("kitchen/shot-1/clip")
    page.until(SHOTS, lambda states: states[0] == "done")
    page.says("#cut-words", "1 of 3 shots can be played")
    page.click("#play")
    playing = page.until(PLAYING)
    assert (playing["shot"], playing["width"]) == ("kitchen/shot-1", 320)

    farm.let("all")
    page.says("#job-line", "done")
    page.says("#cut-words", "The whole film")
    page.until(PICTURES, lambda many: many == 3)
    assert "Time / bound" in page.text("#job-facts")
    page.click("#play")
    page.until("return document.querySelector('#cut-words a').href.includes('ticket=')")
    page.go(f"#/jobs/{job}/log")
    page.says("#log-list", "film/master")
    page.go("#/audit")
    page.says("#audit-list", "submit")
    page.go("#/shares")
    page.says("#user-list", "mara")
    assert page.complaints == []


def test_somebody_pauses_resumes_cancels_and_tries_again(browser, farm):
    submit(farm, "The Stairs", 2)
    page = Page(browser, farm.url)
    page.entered(farm.mara)
    page.click(".job-row")
    page.until(SHOTS, lambda states: "running" in states)
    page.press("Pause", "#job-actions")
    page.says("#job-line", "paused")
    page.press("+", "#job-actions")
    page.until("return document.querySelector('.stepper output').value", lambda text: text == "1")
    page.press("Resume", "#job-actions")
    page.says("#job-line", "running")

    page.press("Cancel", "#job-actions")
    page.until("return document.getElementById('ask').open")
    page.press("Keep it", "#ask")
    assert page.says("#job-line", "running")
    page.press("Cancel", "#job-actions")
    page.press("Cancel the job", "#ask")
    page.says("#job-line", "cancelled")

    farm.let("all")
    page.press("Retry 5", "#job-actions")
    page.says("#job-line", "done")
    page.go(page.see("return location.hash") + "/tasks")
    page.until("return document.querySelectorAll('.task').length", lambda many: many == 5)
    page.click(".task")
    page.says("#sheet", "attempt")
    assert page.complaints == []


def test_what_fails_says_why_and_one_task_can_be_skipped_or_tried_again(browser, farm):
    farm.let("kitchen/shot-1/still", "kitchen/shot-1/still.broken")
    job = submit(farm, "The Lamp", 1)
    page = Page(browser, f"{farm.url}/#/jobs/{job}/tasks")
    page.entered(farm.mara)
    page.says("#job-line", "failed")
    page.says("#task-list", "lamp fell over")
    page.click("[data-status=failed]")
    page.says("#sheet", "put it up")
    (farm.gates / "kitchen-shot-1-still.broken").unlink()
    farm.let("all")
    page.press("Try again", "#sheet")
    page.says("#job-line", "done")
    assert page.complaints == []


def test_machines_are_drained_and_taken_back_by_who_operates(browser, farm):
    submit(farm, "The Attic", 2)
    page = Page(browser, f"{farm.url}/#/machines")
    page.entered(farm.admin)
    page.says("#machine-list", "kitchen/shot-1/still")
    page.says("#pulse", "2 of 3 at work")
    page.press("Drain", "#machines")
    page.press("Drain it", "#ask")
    page.says("#machine-list", "drained")
    page.press("Take back", "#machines")
    page.until("return document.querySelector('#machine-list .state.drained') === null")
    page.press("Leave")
    page.entered(farm.mara)
    page.says("#machine-list", "kitchen/shot-1/still")
    assert "Drain" not in page.texts("#machines button")
    assert page.complaints == []


def test_who_administers_sets_shares_and_limits_and_nobody_else(browser, farm):
    submit(farm, "The Attic", 1)
    page = Page(browser, f"{farm.url}/#/shares")
    page.entered(farm.admin)
    page.says("#user-list", "mara")
    page.press("Change", "#user-list")
    _fill(page, weight="2.5", credits="12")
    page.says("#user-list", "2.5")
    page.says("#user-list", "12")
    page.press("Another limit", "#shares")
    _fill(page, licence="voice", count="3")
    page.says("#limit-list", "voice")
    page.press("Change", "#limit-list")
    assert page.see("return document.querySelector('#fill [name=licence]').readOnly")
    _fill(page, count="")
    page.says("#limit-list", "Nothing is limited")
    page.press("Another user", "#shares")
    _fill(page, user="no/body", weight="1")
    page.says("#toasts", "name")
    assert page.see("return document.getElementById('fill').open"), "what was refused can be mended"
    _fill(page, user="ben")
    page.says("#user-list", "ben")
    page.complaints  # noqa: B018 -- the browser itself complains about the 422 that was meant
    page.go("#/audit")
    page.says("#audit-list", "set limit")
    page.press("Leave")
    page.entered(farm.mara)
    page.go("#/shares")
    page.says("#user-list", "2.5")
    assert page.texts("#shares button") == []
    assert page.complaints == []


def _fill(page, **values):
    """Fill in the fields of the dialog, and send them."""
    page.until("return document.getElementById('fill').open")
    for name, value in values.items():
        page.see(f"document.querySelector('#fill [name={name}]').value = arguments[0]", value)
    page.see("document.querySelector('#fill form').requestSubmit()")


def test_a_farm_that_is_killed_and_comes_back_is_seen_going_on(browser, farm):
    submit(farm, "The Harbour", 2)
    page = Page(browser, farm.url)
    page.entered(farm.mara)
    page.click(".job-row")
    page.see("window.sameAsBefore = true")
    page.until(SHOTS, lambda states: "running" in states)
    farm.end(signal.SIGKILL)
    page.says("#banner", "does not answer")
    page.complaints  # noqa: B018 -- the browser itself complains about what can't be reached
    farm.let("all")
    farm.start()
    page.says("#link", "live")
    page.says("#job-line", "done")
    page.until(PICTURES, lambda many: many == 2)
    assert page.see("return document.getElementById('banner').hidden")
    assert page.see("return window.sameAsBefore")
