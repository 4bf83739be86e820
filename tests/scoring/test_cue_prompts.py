"""Cues in words for sound models, and what the graph gives to engines that are told in words."""

import pytest

from duocast.compiler.cue_prompts import music_prompt
from duocast.compiler.engines import ELSEWHERE, offered
from duocast.compiler.film import compile_film
from duocast.compiler.graph import Operation
from duocast.compiler.lower import Crew, lower
from duocast.compiler.reader import MemoryReader
from duocast.language import Source

HEAD = """\
Title: Test
Engine: {engine}

place KITCHEN
  weather: rain

place STREET

INT. KITCHEN - NIGHT

"""
BODY = """\
MUSIC: soft piano, hopeful, no drums

MARA
You came back.

MUSIC: sting
SFX: door slams

EXT. STREET - DAY

AMBIENCE: rain

MARA
I did.
"""
TOLD = ("score band", "effect band")


def filmed(body=BODY, engine="music band, effects band", told=TOLD):
    source = Source("film.scene", HEAD.format(engine=engine) + body)
    found = compile_film(source, MemoryReader({}), engines=offered({"band": ("score", "effect")}))
    assert found.screenplay is not None, [d.title for d in found.diagnostics]
    return lower(found.screenplay, Crew(painters=told))


def nodes(found, operation):
    made = {node.address: node for node in found.nodes if node.operation is operation}
    return list(made.values())


def test_music_is_instrumental_with_a_tempo_and_what_is_not_wanted_told_apart():
    told = music_prompt("soft piano, hopeful, no drums")
    assert told.prompt == "Soft piano, hopeful, instrumental film score, 84 BPM."
    assert told.unwanted.startswith("drums, ")
    assert "vocals" in told.unwanted
    assert (told.bpm, told.beats, told.lyrics) == (84, 4, "")


@pytest.mark.parametrize(
    ("words", "bpm", "beats"),
    [("waltz, 150 bpm", 150, 3), ("strings", 0, 4), ("9999 things", 0, 4)],
)
def test_a_tempo_is_what_the_words_say(words, bpm, beats):
    told = music_prompt(words)
    assert (told.bpm, told.beats) == (bpm, beats)


def test_a_song_is_sung_with_the_lyrics_of_its_scene():
    found = filmed("MUSIC: slow folk song\n\n~Come home\n~to me\n\nMARA\nYes.\n")
    (song,) = nodes(found, Operation.SCORE)
    assert song.params["lyrics"] == "[verse]\nCome home\nto me"
    assert "instrumental" not in song.params["prompt"]
    assert "vocals" not in song.params["unwanted"]


def test_what_goes_on_is_told_with_its_place_and_its_weather_what_happens_once_is_not():
    told = {node.params["name"]: node.params for node in nodes(filmed(), Operation.EFFECT)}
    assert told["rain on window"]["prompt"] == (
        "Rain on window, inside, kitchen at night, rain, steady background sound, field recording."
    )
    assert "street at day" in told["rain"]["prompt"]
    assert told["door slams"]["prompt"] == (
        "Door slams, a single close sound effect, clean recording."
    )
    assert told["door slams"]["seconds"] == 2.0
    assert told["rain"]["seconds"] == 0.0


def test_a_cue_with_a_length_is_made_as_long():
    first, second = nodes(
        filmed("MUSIC: sting, 5s\n\nMARA\nYes.\n\nMUSIC: sting\n"), Operation.SCORE
    )
    assert (first.params["seconds"], second.params["seconds"]) == (5.0, 64.0)
    assert first.params["seed"] == second.params["seed"]


def test_the_mix_takes_every_sound_from_the_node_that_makes_it():
    found = filmed()
    (mix,) = nodes(found, Operation.MIX)
    made = {node.address for node in found.nodes if node.operation in ("score", "effect")}
    assert made <= set(mix.inputs)
    (cut,) = nodes(found, Operation.CUT)
    assert {sound["source"] for sound in cut.params["sounds"]} == made


def test_an_engine_that_is_not_told_in_words_gets_what_it_always_got():
    plain = filmed(engine="music composer", told=())
    for node in nodes(plain, Operation.SCORE):
        assert set(node.params) == {"mood", "seconds", "seed"}
    assert [n.address for n in nodes(plain, Operation.EFFECT)] == [
        "sound/rain-on-window-766e",
        "sound/door-slams-b24d",
        "sound/rain-7b8c",
    ]


@pytest.mark.parametrize(("engine", "codes"), [("effects band", []), ("music band", ["D0510"])])
def test_a_model_makes_any_sound_and_the_foley_those_it_knows(engine, codes):
    text = HEAD.format(engine=engine) + "SFX: a zither purrs\n\nMARA\nYes.\n"
    names = offered({"band": ("score", "effect")})
    found = compile_film(Source("film.scene", text), MemoryReader({}), engines=names)
    assert [one.code for one in found.diagnostics if one.code.startswith("D05")] == codes


def test_a_recording_needs_no_model():
    source = Source(
        "film.scene", HEAD.format(engine="music band") + "MUSIC: song.wav\n\nMARA\nYes.\n"
    )
    engines = offered({"band": ("score", "effect")})
    found = compile_film(source, MemoryReader({"song.wav": "file"}), engines=engines)
    made = lower(found.screenplay, Crew(painters=TOLD))
    (node,) = [node for node in made.nodes if node.operation is Operation.SCORE]
    assert node.engine == "composer"
    assert "prompt" not in node.params


def test_known_names_do_the_work_that_their_engines_do():
    assert ELSEWHERE["musicgen"].work == ELSEWHERE["ace-step"].work == ("score",)
    assert ELSEWHERE["stable-audio"].work == ELSEWHERE["audioldm2"].work == ("score", "effect")
