"""The laws of rendering: the same film whoever makes it, nothing made twice, and a change makes its cone only."""

import hashlib
import os
import resource
from collections.abc import Iterable

import pytest
from short import CARDS, PARK, ROOM, TINY, project

from duocast.compiler.graph import Output, ShotGraph
from measure.picture import frozen_stretches, look_at
from measure.programme import decoded, level
from measure.rendered import Rendered, graph_of, render
from measure.subtitles import faults, read_srt, sync_faults

SHOT_WORK = {"speak", "portrait", "plate", "compose", "animate", "encode"}


def cone(before: ShotGraph, after: ShotGraph) -> set[str]:
    """The addresses that a change can reach: nodes that are new or differ, and all that is made from them."""
    old = {node.address: node for node in before.nodes}
    reached: set[str] = set()
    for node in after.nodes:
        sources = {ref.address for ref in node.inputs.values() if isinstance(ref, Output)}
        if old.get(node.address) != node or sources & reached:
            reached.add(node.address)
    return reached


def unexplained(made: Rendered, before: Rendered, reached: Iterable[str]) -> set[str]:
    """Nodes of a cone that did not run although something they are made from has another key and other content."""
    missed = set()
    for address in set(reached) - made.ran():
        for ref in made.nodes[address].inputs.values():
            if isinstance(ref, Output) and differs(made, before, ref):
                missed.add(address)
    return missed


def differs(made: Rendered, before: Rendered, ref: Output) -> bool:
    if ref.address not in before.keys:
        return True
    files = (film.file(ref.address, ref.name) for film in (made, before))
    one, two = (hashlib.sha256(file.read_bytes()).digest() for file in files)
    return one != two


def operations(made: Rendered) -> set[str]:
    return {str(made.nodes[address].operation) for address in made.ran()}


def test_a_tiny_film_is_whole_and_is_not_made_twice(tmp_path):
    """The whole way with what every installation has: drawn people, the draft voice, no network."""
    script = project(tmp_path / "project", TINY)
    made = render(script, tmp_path, changes={"DUOCAST_OFFLINE": "1"})
    picture = look_at(made.film)
    sound, rate = decoded(made.film)
    assert picture.frames == made.timeline.frames == made.report["frames"]
    assert (picture.width, picture.height, picture.fps) == (160, 90, 12)
    assert abs(len(sound) / rate - float(picture.seconds)) <= 1 / 12
    assert abs(level(sound, rate).integrated - -16.0) <= 0.5
    assert frozen_stretches(picture, made.still_frames()) == []
    cues = read_srt(made.captions)
    assert faults(cues, 12, float(picture.seconds)) == []
    assert sync_faults(cues, made.said(), 12) == []
    again = render(script, tmp_path, changes={"DUOCAST_OFFLINE": "1"})
    assert again.ran() == set()
    assert again.report["master_sha256"] == made.report["master_sha256"]


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """The short film, made from cold by one worker."""
    home = tmp_path_factory.mktemp("laws")
    made = render(project(home / "one"), home, "--jobs", "1")
    assert made.timeline.frames > 0, "read now: later renders share the store"
    return home, made


@pytest.mark.slow
def test_the_master_is_the_same_for_one_worker_and_for_two_cold_and_from_the_store(first):
    home, made = first
    two = render(project(home / "two"), home, "--jobs", "2")
    assert two.report["tasks_reused"] == 0
    assert two.report["master_sha256"] == made.report["master_sha256"]
    assert two.keys == made.keys
    again = render(made.script, home, "--jobs", "2")
    assert again.ran() == set()
    assert again.report["master_sha256"] == made.report["master_sha256"]
    assert made.film.read_bytes() == again.film.read_bytes(), "the signed film is the store's"


@pytest.mark.slow
def test_a_second_render_runs_nothing_and_is_quick(first, figures):
    home, made = first
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    again = render(made.script, home)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    figures(wall=again.ended.seconds, processor=used, load=os.getloadavg()[0])
    assert again.ran() == set()
    assert used < 2.5
    assert again.ended.seconds < 2.0 * max(1.0, os.getloadavg()[0])


@pytest.mark.slow
def test_editing_one_speech_runs_exactly_its_cone(first, figures):
    home, _ = first
    before = render(project(home / "edited"), home)
    old = graph_of(before.script, "draft")
    text = before.script.read_text(encoding="utf-8")
    before.script.write_text(text.replace("Every word of it.", "Every single word."), "utf-8")
    reached = cone(old, graph_of(before.script, "draft"))
    made = render(before.script, home)
    ran = made.ran()
    figures(tasks=len(made.keys), cone=len(reached), ran=len(ran))
    assert ran <= reached, "nothing outside the cone is made"
    assert unexplained(made, before, reached) == set(), "all of it whose content changed is made"
    assert [a for a in ran if a.endswith("/take")] == sorted(reached & set(takes(made)))
    assert not {a for a in ran if a.startswith(("park-day/", "cast/", "place/"))}
    assert "room-day/shot-1/clip" in ran or "room-day/shot-2/clip" in ran
    again = render(before.script, home)
    assert again.ran() == set()
    before.script.write_text(text, "utf-8")
    assert render(before.script, home).ran() == set(), "the old line is still in the store"


def takes(made: Rendered) -> list[str]:
    return [address for address in made.keys if address.endswith("/take")]


@pytest.mark.slow
def test_moving_a_scene_renders_no_shot_again(first, figures):
    home, made = first
    moved = made.script.with_name("moved.scene")
    moved.write_text(CARDS + PARK + ROOM, encoding="utf-8")
    after = render(moved, home)
    figures(ran=" ".join(sorted(after.ran())))
    assert operations(after) & SHOT_WORK == set()
    assert after.timeline.frames == made.timeline.frames
    assert after.report["master_sha256"] != made.report["master_sha256"]
    assert render(moved, home).ran() == set()


@pytest.mark.slow
def test_a_comment_a_note_and_another_case_make_nothing_again(first):
    home, made = first
    text = CARDS + ROOM.replace("ANNA\n", "[[is she too calm?]]\n\nANNA\n") + PARK
    noted = made.script.with_name("noted.scene")
    noted.write_text(text.replace("\nEXT. PARK", "\n/* cut this? */\n\nEXT. PARK"), "utf-8")
    after = render(noted, home)
    assert operations(after) & SHOT_WORK == set()
    assert after.report["master_sha256"] == made.report["master_sha256"]


@pytest.mark.slow
def test_two_scenes_in_one_place_share_its_plate(first):
    home, _ = first
    text = CARDS + ROOM + PARK + "INT. ROOM - DAY\n\nBEN\nHere we are again.\n"
    made = render(project(home / "twice", text), home)
    plates = [address for address in made.keys if address.endswith("/plate")]
    assert len(plates) == 2
