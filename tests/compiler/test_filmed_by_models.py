"""Engines that film: what each is shown, whom it may not make, and the sound that comes with its pictures."""

from scripts import CAST, compiled, screenplay

from duocast.compiler.engines import offered
from duocast.compiler.film import compile_film
from duocast.compiler.lower import Crew, lower
from duocast.compiler.reader import MemoryReader
from duocast.language import Source

NAMES = ("ltx2", "wan-vace", "mochi", "performer")
CREW = Crew(
    painters=tuple(f"animate {name}" for name in NAMES[:3]),
    shown={"wan-vace": "people", "mochi": "nothing"},
    sounding=("ltx2",),
)
"""As if these were installed."""


def known():
    return offered(dict.fromkeys(NAMES, ("animate",)), faceless=("mochi",))


def graph(body, title=""):
    source = Source("film.scene", CAST.replace("Title: Test\n", f"Title: Test\n{title}") + body)
    made = compile_film(source, MemoryReader({}), engines=known())
    assert made.screenplay is not None, made.diagnostics
    nodes = lower(made.screenplay, CREW).nodes
    return {node.address: node for node in nodes}


def pictures(body, title=""):
    found = graph(body, title)
    return [node for address, node in found.items() if address.endswith("/picture")]


SCENE = "INT. KITCHEN - NIGHT\n\n"


def test_each_engine_is_shown_what_it_goes_by():
    one, two, three = pictures(
        f"{SCENE}[close on MARA, engine: ltx2]\n\nMARA\nStay.\n\n"
        "[close on JONAS, engine: wan-vace]\n\nJONAS\nNo.\n\n"
        '[insert on "a letter", engine: mochi]\n\nThe letter. It is old.\n'
    )
    assert (one.engine, set(one.inputs)) == ("ltx2", {"timing", "layout", "still"})
    assert (two.engine, set(two.inputs)) == (
        "wan-vace",
        {"timing", "layout", "still", "person.jonas"},
    )
    assert (three.engine, set(three.inputs)) == ("mochi", {"timing"})
    assert "letter" in three.params["picture"]


def test_words_alone_keep_no_face():
    asked = compiled(f"{SCENE}[close on MARA, engine: mochi]\n\nMARA\nStay.\n")
    (found,) = asked.diagnostics
    assert (found.code, "can't keep a face" in found.title) == ("N0314", True)
    card = "camera HANDS\n  size: close up\n  engine: mochi\n\n"
    assert compiled(f"{card}{SCENE}[camera HANDS]\n\nMARA\nStay.\n").diagnostics[0].code == "N0314"
    unseen = compiled(f'{SCENE}[insert on "a letter", engine: mochi]\n\nIt rains.\n')
    assert "N0314" not in {one.code for one in unseen.diagnostics}


def test_on_the_title_page_words_alone_make_the_shots_without_faces():
    letter, mara = pictures(
        f'{SCENE}[insert on "a letter"]\n\nIt is old.\n\n[close on MARA]\n\nMARA\nStay.\n',
        "Engine: animate mochi\n",
    )
    assert (letter.engine, mara.engine) == ("mochi", "performer")


OWN = (
    "INT. KITCHEN - NIGHT\n\nAMBIENCE: own sound, -14dB\n\n"
    "[close on MARA, engine: ltx2]\n\nMARA\nStay.\n\n[close on JONAS]\n\nJONAS\nNo.\n"
)


def test_the_sound_of_the_pictures_is_laid_under_their_own_shots():
    found = graph(OWN)
    sounds = [dict(one) for one in found["film/cut"].params["sounds"]]
    (own,) = [one for one in sounds if one["source"].endswith("/picture")]
    shot = own["source"].removesuffix("/picture")
    assert found[own["source"]].engine == "ltx2"
    assert (own["gain_db"], own["kind"]) == (-14.0, "ambience")
    assert own["start"]["shot"] == own["stop"]["shot"] == shot
    assert found["film/mix"].inputs[own["source"]].name == "sound"
    assert not [address for address in found if address.startswith("sound/own")]


def test_nobody_asks_and_nothing_of_it_is_heard():
    plain = graph(OWN.replace("AMBIENCE: own sound, -14dB\n\n", ""))
    assert not [n for n in plain["film/mix"].inputs if n.endswith("/picture")]
    assert screenplay(OWN.replace(", engine: ltx2", "")).sounds[0].what == "own sound"
