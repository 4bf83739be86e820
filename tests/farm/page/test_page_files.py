"""The page's files: all that it names is in the package, it runs under a strict policy, and it asks nobody else."""

import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from duocast.farm.daemon.api import visit
from duocast.farm.look.site import HEADERS, POLICY, content_type, site

FILES = site("duocast.farm.daemon")
WATCH = site("duocast.cli.watch")
MODULES = sorted(name for name in FILES if name.endswith(".js"))


@pytest.fixture(scope="module")
def client():
    app = FastAPI()
    app.include_router(visit.public)
    return TestClient(app)


def test_every_file_that_the_page_names_is_in_the_package():
    html = FILES["index.html"].decode()
    named = set(re.findall(r'(?:href|src)="([^"#]+)"', html))
    named |= set(re.findall(r"url\(([^)]+)\)", FILES["palette.css"].decode()))
    assert {"main.js", "theme.js", "shell.css", "icon.svg", "font/inter.ttf"} <= named
    assert named <= set(FILES)


@pytest.mark.parametrize("files", [FILES, WATCH], ids=["farm", "watch"])
def test_every_module_imports_what_there_is_by_names_that_it_exports(files):
    for name in (each for each in files if each.endswith(".js")):
        for names, target in re.findall(
            r'import \{([^}]*)\} from "\./([^"]+)"', files[name].decode()
        ):
            exported = files[target].decode()
            for each in filter(None, map(str.strip, names.split(","))):
                assert re.search(
                    rf"export (?:async )?(?:const|class|function) {each}\b", exported
                ), f"{name}: {each} of {target}"


def test_every_element_that_a_module_looks_up_is_on_the_page():
    html = FILES["index.html"].decode()
    here = set(re.findall(r'id="([^"]+)"', html)) | {"sheet-title"}
    for name in MODULES:
        looked = set(re.findall(r'one\("([^"]+)"\)', FILES[name].decode()))
        assert looked <= here, (name, looked - here)


def test_there_is_no_inline_script_no_inline_style_and_nothing_from_elsewhere():
    html = FILES["index.html"].decode()
    assert not re.search(r"<script(?![^>]*src=)", html)
    assert not re.search(r"<style| style=| on[a-z]+=", html)
    for name, content in FILES.items():
        if content_type(name).startswith("text/"):
            found = re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]+", content.decode())
            assert found == [], name
    assert "unsafe" not in POLICY
    assert POLICY.startswith("default-src 'none'; script-src 'self'")
    assert "frame-ancestors 'none'" in POLICY


def test_no_module_writes_markup():
    for name in MODULES:
        text = FILES[name].decode()
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b", text
        ), name


def test_no_file_is_too_long():
    for name in (*MODULES, "shell.css", "jobs.css", "tables.css"):
        assert FILES[name].decode().count("\n") <= 300, name


def test_the_page_is_served_at_the_root_with_its_policy(client):
    answer = client.get("/")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    for name in FILES:
        served = client.get(f"/{name}")
        assert served.status_code == 200
        assert served.content == FILES[name]
        assert served.headers["Content-Security-Policy"] == POLICY
        assert served.headers["X-Content-Type-Options"] == "nosniff"


OUTSIDE = (
    "/../app.py",
    "/%2e%2e/api/app.py",
    "/page/index.html",
    "/font/",
    "/font/../index.py",
    "/__init__.py",
    "/etc/passwd",
)


@pytest.mark.parametrize("path", OUTSIDE)
def test_only_the_files_of_the_page_can_be_had(client, path):
    assert client.get(path).status_code == 404


def test_every_visible_field_and_button_has_a_name():
    html = FILES["index.html"].decode()
    for tag in re.findall(r"<(?:input|canvas|video|nav|dialog)\b[^>]*>", html):
        labelled = (
            "aria-label" in tag or 'id="token"' in tag or 'id="strip"' in tag or "<video" in tag
        )
        assert labelled, tag
    assert '<label for="token">' in html
