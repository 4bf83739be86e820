"""The page with a feature film of 20,000 tasks and 5,000 shots, and on a phone: quick, and nothing sticks out."""

import time

import pytest
from replay_film import Farm, clip, picture
from replay_server import ReplayServer
from seen_page import PHONE, Page, open_browser

pytestmark = pytest.mark.slow
SHOTS = 5000
WATCHED = """
window.longs = [];
new PerformanceObserver(list => longs.push(...list.getEntries().map(e => e.duration))).observe({type: "longtask"})"""
LONGEST = "const most = Math.max(0, ...longs); longs = []; return most"
LIMIT = 1500.0
"""Milliseconds that the page may be busy at a stretch, on a machine that has much else to do."""


@pytest.fixture(scope="module")
def browser():
    driver = open_browser()
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def feature():
    """A feature film of which the first half is made."""
    farm = Farm(workers=64, nodes=8)
    film = farm.submit("A Feature in One Night", "mara", SHOTS)
    stills = [farm.put(picture(scene, scene), ".jpg") for scene in range(6)]
    clips = [farm.put(clip(scene, scene), ".mp4") for scene in range(6)]
    for task in film.tasks.values():
        if task["shot"] < SHOTS // 2 and task["scene"] >= 0:
            task |= {"status": "done", "seconds": 4.0}
            task |= {"thumb": stills[task["scene"]]} if task["stage"] == "still" else {}
            task |= {"clip": clips[task["scene"]]} if task["stage"] == "clip" else {}
    with ReplayServer(farm) as server:
        server.step()
        yield server, film


def elements(page):
    return page.see("return document.querySelectorAll('*').length")


def test_a_feature_film_does_not_freeze_it(browser, feature):
    server, film = feature
    page = Page(browser, server.address)
    page.see(WATCHED)
    page.entered("duo_admin")
    page.go(f"#/jobs/{film.id}")
    page.until("return document.querySelectorAll('.card').length")
    page.says("#cut-words", "2,500 of 5,000 shots")
    for route, kind in ((f"#/jobs/{film.id}", ".card"), (f"#/jobs/{film.id}/tasks", ".task")):
        page.go(route)
        page.until(f"return document.querySelectorAll({kind!r}).length")
        for _ in range(20):
            page.see("document.getElementById('job').scrollTop += 9000")
            server.step()
            time.sleep(0.02)
        page.until(f"return document.querySelectorAll({kind!r}).length")
        assert elements(page) < 2000
    server.progress(0.5)
    page.see("document.getElementById('find-task').value = 'shot-4999/'")
    page.see("document.getElementById('find-task').dispatchEvent(new Event('input'))")
    page.until("return document.querySelectorAll('.task').length", lambda many: many == 4)
    assert page.see(LONGEST) < LIMIT
    assert page.complaints == []


def test_arrows_go_from_row_to_row(browser, feature):
    server, film = feature
    page = Page(browser, f"{server.address}#/jobs/{film.id}/tasks")
    page.until("return document.querySelectorAll('.task').length")
    page.see("document.querySelector('.task').focus()")
    for key, far in (("ArrowDown", 1), ("PageDown", 11), ("ArrowUp", 10), ("End", 20_002)):
        event = f"new KeyboardEvent('keydown', {{key: {key!r}, bubbles: true}})"
        page.see(f"document.activeElement.dispatchEvent({event})")
        at = "return document.activeElement.closest('.reel-row')?.at"
        page.until(at, lambda found, far=far: found == far)
    assert page.complaints == []


def test_nothing_sticks_out_on_a_phone(browser, feature):
    server, film = feature
    page = Page(browser, server.address, PHONE)
    page.until("return !document.getElementById('farm').hidden")
    routes = ["#/jobs", "#/machines", "#/shares", "#/audit"]
    for route in (*routes, *(f"#/jobs/{film.id}/{part}" for part in ("shots", "tasks", "log"))):
        page.go(route)
        time.sleep(0.4)
        assert page.see("return document.documentElement.scrollWidth") <= 390, route
        small = """return [...document.querySelectorAll('main button, nav.views a, main a.job-row')]
            .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 28).map(e => e.outerHTML)"""
        assert page.see(small) == [], route
    assert page.complaints == []


def test_trouble_of_the_farm_is_said(browser, feature):
    server, _ = feature
    server.farm.trouble = "there is no room on its disk"
    page = Page(browser, server.address)
    page.says("#banner", "no room on its disk")
    server.farm.trouble = ""
    page.until("return document.getElementById('banner').hidden")
