"""Directions outside speeches, in the Screenplay and in the graph."""

import pytest
from scripts import CAST, compiled, graph, scenes, screenplay

KITCHEN = "INT. KITCHEN - NIGHT\n\n"
TALK = "MARA\nYou kept it.\n\nJONAS\nI kept every one of them.\n"


def shots(body, **options):
    return scenes(KITCHEN + body, **options)[0].shots


def nodes(shot_graph, operation):
    return [node for node in shot_graph.nodes if str(node.operation) == operation]


@pytest.mark.parametrize(
    ("direction", "expected"),
    [
        ("slow push in on MARA over 3s", ("push in", 0.5, 3.0, "mara")),
        ("fast pan left", ("pan left", 2.0, None, None)),
        ("zoom out over 2s", ("zoom out", 1.0, 2.0, None)),
        ("handheld", ("handheld", 1.0, None, None)),
    ],
)
def test_moves_have_a_speed_a_length_and_a_goal(direction, expected):
    move = shots(f"[two-shot, {direction}, hold 4s]\n\n{TALK}")[0].camera.move
    assert (move.kind, move.amount, move.seconds, move.target) == expected


def test_focus_travels_from_one_to_the_other():
    camera = shots(f"[MCU MARA, rack focus to JONAS]\n\n{TALK}")[0].camera
    assert (camera.framing, camera.subjects) == ("over-the-shoulder", ("jonas", "mara"))
    both = shots(f"[two-shot of MARA and JONAS, rack focus to JONAS]\n\n{TALK}")[0].camera
    assert (both.framing, both.move.target) == ("two-shot", "jonas")


def test_a_floor_and_a_fact():
    assert shots(f"[wide, hold 9s]\n\n{TALK}")[0].at_least == 9
    assert shots(f"[wide, exactly 9s]\n\n{TALK}")[0].exactly == 9


HANDS = "camera HANDS\n  size: CU\n  subjects: JONAS\n  lens: 100mm\n  angle: high\n  move: slow push in\n\n"


def test_a_camera_card_gives_what_the_shot_does_not_say():
    camera = shots(f"[camera HANDS, 85mm]\n\n{TALK}", head=CAST + HANDS)[0].camera
    assert (camera.size, camera.subjects, camera.lens_mm, camera.angle) == (
        "CU", ("jonas",), 85, "high",
    )  # fmt: skip
    assert (camera.move.kind, camera.move.amount) == ("push in", 0.5)


def test_options_of_coverage():
    long = "MARA\nYou kept it all these years, in that box under the stairs, and you never said one word to me.\n\n"
    body = (long + "JONAS\nI did.\n\n") * 4
    usual, alone = (
        shots(f"[conversation]\n\n{body}"),
        shots(f"[conversation, no reactions]\n\n{body}"),
    )
    assert len(alone) < len(usual)
    tight = shots(f"[conversation, tight]\n\n{body}")
    sizes = ("ECU", "CU", "MCU", "MS", "MWS", "FS", "WS", "EWS")
    nearness = [
        [sizes.index(s.camera.size) for s in found if s.camera.framing == "single"]
        for found in (usual, tight)
    ]
    assert max(nearness[1]) < max(nearness[0]), nearness
    wides = ("two-shot", "group", "establishing")
    assert not any(
        s.camera.framing in wides for s in shots(f"[conversation, no wide shots]\n\n{body}")
    )


def test_people_act_while_nobody_speaks():
    found = shots(f"[JONAS smiles]\n\n[JONAS looks at MARA]\n\n{TALK}")[0]
    assert [(r.role, r.gesture.kind, r.gesture.beat) for r in found.reactions] == [
        ("jonas", "smile", 0),
        ("jonas", "look", 1),
    ]
    (picture,) = (n for n in nodes(graph(f"{KITCHEN}[JONAS smiles]\n\n{TALK}"), "animate")[:1])
    acted = {actor["role"]: actor["gestures"] for actor in picture.params["actors"]}
    assert [gesture["kind"] for gesture in acted["jonas"]] == ["smile"]


def test_a_voice_without_words_is_heard():
    scene = scenes(f"{KITCHEN}{TALK}\n[MARA laughs]\n")[0]
    laugh = scene.lines[-1]
    assert (laugh.role, [s.kind for s in laugh.segments]) == ("mara", ["vocal"])


def test_clothes_go_on_from_scene_to_scene():
    body = f"{KITCHEN}{TALK}\nINT. HALL - DAY\n\n[MARA wears a red coat]\n\n{TALK}\nINT. CELLAR - DAY\n\n{TALK}"
    worn = [dict(scene.wardrobe) for scene in scenes(body)]
    assert worn == [{}, {"mara": "a red coat"}, {"mara": "a red coat"}]
    made = {n.address: n.params["wardrobe"] for n in nodes(graph(body), "portrait")}
    assert made == {
        "cast/mara/portrait": "", "cast/mara/a-red-coat": "a red coat", "cast/jonas/portrait": "",
    }  # fmt: skip
    rigs = [
        n.inputs["rig.mara"].address
        for n in nodes(graph(body), "compose")
        if "rig.mara" in n.inputs
    ]
    assert {rigs[0], rigs[-1]} == {"cast/mara/portrait", "cast/mara/a-red-coat"}


def test_light_and_grade_count_to_the_end_of_the_scene():
    body = (
        f"{KITCHEN}{TALK}\nLIGHT: lamp off, moonlight\n\nGRADE: cold, grain 20%\n\n"
        f"{TALK}\nINT. HALL - DAY\n\n{TALK}"
    )
    found = scenes(body)
    first, last = found[0].shots[0], found[0].shots[-1]
    assert (first.light, first.look) == (None, None)
    assert last.light == "lamp off, moonlight"
    assert (last.look.spec.warmth, last.look.spec.grain) == (-0.35, 0.2)
    assert found[1].shots[0].light is None
    made = graph(body)
    assert {n.params["light"] for n in nodes(made, "plate")} == {"", "lamp off, moonlight"}
    graded = {n.address: n.params["look"]["warmth"] for n in nodes(made, "encode")}
    assert graded[f"{last.id}/clip"] == -0.35
    assert graded[f"{first.id}/clip"] == 0.0


def test_a_look_card_for_one_shot():
    head = CAST.replace("Title: Test\n", "Title: Test\nLook: DAY\n")
    head += "look DAY\n  film: 5207\n\nlook DREAM\n  film: super 8\n  lut: looks/dream.cube\n\n"
    body = f"[close on MARA, look DREAM]\n\n{TALK}"
    play = screenplay(KITCHEN + body, head=head, files={"looks/dream.cube": "x"})
    assert play.look.film == "5207"
    assert play.look.spec.contrast == pytest.approx(1.08)
    shot = play.scenes[1].shots[0]
    assert (shot.look.name, shot.look.lut) == ("DREAM", "looks/dream.cube")
    made = graph(KITCHEN + body, head=head, files={"looks/dream.cube": "x"})
    luts = {n.address: n.inputs["lut"].path for n in made.nodes if "lut" in n.inputs}
    assert luts == {f"{shot.id}/clip": "looks/dream.cube"}


@pytest.mark.parametrize(
    ("written", "kind", "colour", "seconds"),
    [
        ("CUT TO:", "cut", "black", 0.0),
        ("SMASH CUT TO:", "cut", "black", 0.0),
        ("> dissolve 1.5s", "dissolve", "black", 1.5),
        ("> wipe 2s", "wipe", "black", 2.0),
        ("FADE TO BLACK:", "fade", "black", 1.2),
        ("FADE TO WHITE:", "fade", "white", 1.2),
        ("MATCH CUT TO:", "cut", "black", 0.0),
    ],
)
def test_transitions(written, kind, colour, seconds):
    body = f"{KITCHEN}{TALK}\n{written}\n\nINT. HALL - DAY\n\n{TALK}"
    leaving = scenes(body)[0].shots[-1].transition
    assert (leaving.kind, leaving.colour, leaving.seconds) == (kind, colour, seconds)
    assert leaving.written is not None


def test_a_smash_cut_leaves_no_silence():
    body = f"{KITCHEN}{TALK}\nSMASH CUT TO:\n\nINT. HALL - DAY\n\n{TALK}"
    assert scenes(body)[0].shots[-1].tail == 0.0


def test_a_match_cut_is_as_near_as_before():
    body = "[ECU MARA, low angle]\n\nMARA\nYou kept it.\n\nMATCH CUT TO:\n\nJONAS\nI kept them.\n"
    first, second = shots(body)[:2]
    assert (second.camera.size, second.camera.angle) == (first.camera.size, "low")


def test_scenes_are_joined_as_the_title_page_says():
    head = CAST.replace("Title: Test\n", "Title: Test\nTransitions: dissolve 1s\n")
    body = f"{KITCHEN}{TALK}\nINT. HALL - DAY\n\n{TALK}\nCUT TO:\n\nINT. CELLAR - DAY\n\n{TALK}"
    joined = [scene.shots[-1].transition.kind for scene in scenes(body, head=head)[:2]]
    assert joined == ["dissolve", "cut"]


def test_a_film_without_a_title_can_fade_in():
    play = screenplay(f"FADE IN:\n\n{KITCHEN}{TALK}", head="")
    assert play.opening_fade == 1.2


def test_an_establishing_heading_opens_wide():
    first = scenes(f"EST. CITY - DAWN\n\n{TALK}")[0].shots[0]
    assert first.camera.framing == "establishing"


def test_the_outline_is_kept():
    body = (
        "# Act One\n\n## The letter\n\nINT./EXT. CAR - NIGHT - FLASHBACK #12#\n\n= They talk.\n\n"
        f"[[hold here]]\n\n~ La la\n\n{TALK}"
    )
    found = compiled(body)
    scene = found.screenplay.scenes[1]
    assert scene.sections == ("Act One", "The letter")
    assert (scene.synopsis, scene.remarks, scene.number) == ("They talk.", ("hold here",), "12")
    assert (scene.interior, scene.exterior, scene.qualifiers) == (True, True, ("FLASHBACK",))
    assert scene.lyrics == ("La la",)
    (note,) = (d for d in found.diagnostics if d.code == "D0200")
    assert "FLASHBACK" in note.title
    assert "sung lines" in note.title


def test_a_point_of_view_shows_whom_its_viewer_sees():
    camera = shots(f"[POV JONAS]\n\n{TALK}")[0].camera
    assert (camera.framing, camera.subjects, camera.viewer) == ("pov", ("mara",), "jonas")


def test_the_whole_title_page_is_kept():
    head = CAST.replace(
        "Title: Test\n", "Title: Test\nCopyright: 2026 A. Writer\nDraft date: today\n"
    )
    play = screenplay(KITCHEN + TALK, head=head)
    assert dict(play.front) == {"copyright": "2026 A. Writer", "draft date": "today"}


def test_between_scenes_a_match_cut_is_kept_and_said():
    body = f"{KITCHEN}{TALK}\nMATCH CUT TO:\n\nINT. HALL - DAY\n\n{TALK}"
    found = compiled(body)
    assert [d.title for d in found.diagnostics] == [
        "carried, not yet seen: a match cut between scenes"
    ]
    assert found.screenplay.scenes[1].shots[-1].transition.written == "match cut"
