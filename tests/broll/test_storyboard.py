"""What `compile` and `graph` show: the storyboard page, the drawing, and their twins for programs."""

import json
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import av
import cv2
import numpy as np
import pytest
from click.testing import CliRunner

from duocast.cli.compile import command
from duocast.cli.drawing import draw
from duocast.cli.layout import lay_out, sources
from duocast.compiler.film import compile_film
from duocast.compiler.lower import Crew, lower
from duocast.compiler.reader import MemoryReader
from duocast.language import Source

SCENE = """\
Title: The <Tin> & Other Stories
Format: 320x180 @ 12

INT. KITCHEN - NIGHT

B-ROLL: harbour.mp4, 1s, mirror

MARA
(quiet)
You kept them, and [B-ROLL: tin.png, 1s] you never told me, not once in all those years that we had.

JONAS
There was a boat & a <letter>.

EXT. HARBOUR - DAY

B-ROLL: harbour.mp4, 2s

Rain.
"""


BOARD = ("graph.json", "graph.svg", "storyboard.html", "storyboard.pdf", "animatic.mp4")


class Page(HTMLParser):
    """The tags of a page that are open, the pictures, and the links."""

    VOID = frozenset({"meta", "img", "br"})

    def __init__(self, text):
        super().__init__()
        self.open, self.images, self.links, self.ids, self.words = [], [], [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag not in self.VOID:
            self.open.append(tag)
        self.images += [found["src"]] if tag == "img" else []
        self.links += [found["href"]] if "href" in found else []
        self.ids += [found["id"]] if "id" in found else []

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words += data


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("project")
    (folder / "film.scene").write_text(SCENE)
    cv2.imwrite(str(folder / "tin.png"), np.full((90, 160, 3), 90, np.uint8))
    with av.open(str(folder / "harbour.mp4"), "w") as container:
        stream = container.add_stream("libx264", rate=12, options={"threads": "1"})
        stream.width, stream.height, stream.pix_fmt = 160, 90, "yuv420p"
        for _ in range(12):
            picture = np.full((90, 160, 3), 60, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())
    return folder


@pytest.fixture(scope="module")
def compiled(project):
    done = CliRunner().invoke(command, [str(project / "film.scene"), "--json", "-j", "1"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_the_result_for_programs_names_what_was_made(project, compiled):
    out = project / "out" / "film"
    assert compiled["ok"]
    assert compiled["findings"] == compiled["errors"] == []
    assert compiled["files"] == [str(out / n) for n in BOARD]
    assert compiled["nodes"] == len(json.loads((out / "graph.json").read_text())["nodes"])


def test_the_page_has_a_picture_of_every_shot_and_reads_nothing_else(project, compiled):
    page = Page((project / "out" / "film" / "storyboard.html").read_text())
    assert page.open == ["html"] or page.open == []
    assert len(page.ids) == compiled["shots"]
    assert page.links == [f"#{name}" for name in page.ids]
    cards = 2
    assert len(page.images) == compiled["shots"] - cards
    assert all(source.startswith("data:image/jpeg;base64,") for source in page.images)


def test_the_page_says_what_the_script_says(project, compiled):
    page = Page((project / "out" / "film" / "storyboard.html").read_text())
    words = " ".join(page.words.split())
    assert "The <Tin> & Other Stories" in words
    assert "There was a boat & a <letter>." in words
    assert "B-roll harbour.mp4, mirror" in words
    assert "You kept them, and …" in words


@pytest.mark.usefixtures("compiled")
def test_footage_that_cannot_be_read_is_told_and_the_rest_is_shown(project):
    script = project / "broken.scene"
    script.write_text(SCENE.replace("harbour.mp4, 1s", "broken.mp4, 1s"))
    (project / "broken.mp4").write_bytes(b"no video")
    done = CliRunner().invoke(command, [str(script), "--json", "-j", "1"])
    found = json.loads(done.stdout)
    assert done.exit_code == 1
    assert {error["code"] for error in found["errors"]} == {"A0413"}
    page = Page((project / "out" / "broken" / "storyboard.html").read_text())
    assert "holds no video" in page.words
    assert len(page.images) > 1


def test_a_script_with_errors_has_findings_and_no_files(tmp_path):
    (tmp_path / "film.scene").write_text(SCENE)
    done = CliRunner().invoke(command, [str(tmp_path / "film.scene"), "--json"])
    found = json.loads(done.stdout)
    assert done.exit_code == 1
    assert (found["ok"], found["files"], found["nodes"]) == (False, [], 0)
    assert {finding["code"] for finding in found["findings"]} == {"A0001"}


@pytest.fixture(scope="module")
def graph():
    files = {"harbour.mp4": b"x", "tin.png": b"x"}
    burnt = SCENE.replace("Format", "Captions: burnt in\nFormat")
    found = compile_film(Source("film.scene", burnt), MemoryReader(files))
    return lower(found.screenplay, Crew())


def test_every_node_is_drawn_once_inside_the_picture_and_none_over_another(graph):
    layout = lay_out(graph)
    boxes = list(layout.boxes.values())
    assert {box.node.address for box in boxes} == {node.address for node in graph.nodes}
    assert all(box.x + box.width < layout.width and box.y + 22 <= layout.height for box in boxes)
    for index, one in enumerate(boxes):
        for other in boxes[index + 1 :]:
            assert one.column != other.column or abs(one.y - other.y) >= 22


def test_a_shot_is_a_row(graph):
    layout = lay_out(graph)
    rows = {}
    for box in layout.boxes.values():
        if re.search(r"/shot-\d+/", box.node.address):
            rows.setdefault(box.node.address.rpartition("/")[0], set()).add(box.y)
    assert all(len(heights) == 1 for heights in rows.values())
    order = [min(heights) for heights in rows.values()]
    assert order == sorted(order)


def test_the_drawing_is_well_formed_and_always_the_same(graph):
    text = draw(graph, "The <Tin> & Other Stories")
    assert text == draw(graph, "The <Tin> & Other Stories")
    root = ET.fromstring(text)
    names = [title.text for title in root.iter("{http://www.w3.org/2000/svg}title")]
    assert sum(": encode by" in name for name in names) == sum(
        node.operation == "encode" for node in graph.nodes
    )
    edges = {(source, node.address) for node in graph.nodes for source in sources(node)}
    drawn = list(root.iter("{http://www.w3.org/2000/svg}path"))
    assert 0.6 * len(edges) < len(drawn) <= len(edges) + 3
