"""The soundtrack: every cue from one moment of the film to another, and the sound of each place under its scene."""

from collections.abc import Mapping
from functools import partial

from msgspec import Struct, field

from duocast.compiler.cover import Covered, Item, Spoken
from duocast.compiler.memory import Memory
from duocast.compiler.reader import Reader
from duocast.compiler.resolve.cues import AMBIENCE_FADES, DUCKS, Heard, check_known, sound
from duocast.compiler.resolve.findings import Findings, Found
from duocast.compiler.resolve.places import DECIBELS_OF_AMBIENCE
from duocast.compiler.screenplay import ChapterCue, Moment, Place, Scene, SoundCue
from duocast.language.cue import Cue

BEFORE_SPEAKING = -0.25
LAST_WORD = 1_000_000
"""A word behind every line's last: its end."""
WEATHER_SOUNDS = {
    "rain": "rain",
    "storm": "thunder storm rain",
    "wind": "wind",
    "snow": "wind",
    "fog": "",
}
OUTSIDE = {"night": "night crickets", "day": "birds", "morning": "birds", "dawn": "birds"}
CITY = ("street", "city", "road", "avenue", "alley", "rooftop", "square")


class Hearing(Struct, frozen=True, gc=False):
    """A scene with its items, its shots and the cues that stand in it."""

    scene: Scene
    items: tuple[Item, ...]
    covered: Covered
    heard: tuple[Heard, ...]
    marks: Mapping[str, int] = field(default_factory=dict)
    """Marks outside speeches: the number of the item that they stand before."""


class _Sounds(Struct, frozen=True, gc=False):
    """The sound of a scene's place, and its cues: each with where it starts and what is heard."""

    place: list[SoundCue]
    heard: tuple[tuple[Heard, Moment, SoundCue | None], ...]
    found: Found


def soundtrack(
    hearings: list[Hearing],
    places: dict[str, Place],
    reader: Reader,
    findings: Findings,
    memory: Memory,
    *,
    any_sound: bool = False,
) -> tuple[tuple[SoundCue, ...], tuple[ChapterCue, ...]]:
    """All sounds and chapters of the film. `any_sound`: its engine makes sounds of any words."""
    sounds: list[SoundCue] = []
    chapters: list[ChapterCue] = []
    playing: dict[str, int] = {}
    """The last cue of each kind that may still sound."""
    listen = partial(_sounds, places=places, reader=reader, findings=findings, any_sound=any_sound)
    given = (places, any_sound)
    for scene in memory.each("sounds", hearings, listen, given=given, fleeting=_fleeting):
        sounds += scene.place
        if not scene.heard:
            continue
        findings.keep(scene.found)
        for heard, start, found in scene.heard:
            kind = heard.cue.kind
            if kind == "chapter":
                chapters.append(ChapterCue(title=heard.cue.text, at=start))
                continue
            if kind in playing and (kind == "music" or heard.cue.stop):
                number = playing.pop(kind)
                sounds[number] = _stopped(sounds[number], start, heard.cue)
            if found is not None:
                sounds.append(found)
                playing[kind] = len(sounds) - 1
    return tuple(sounds), tuple(chapters)


def _sounds(
    hearing: Hearing,
    places: dict[str, Place],
    reader: Reader,
    findings: Findings,
    *,
    any_sound: bool,
) -> _Sounds:
    """What one scene brings in, whatever sounds before it."""
    apart = findings.apart()
    heard: list[tuple[Heard, Moment, SoundCue | None]] = []
    for one in hearing.heard:
        start = _start(hearing, one)
        chapter = one.cue.kind == "chapter"
        found = None if chapter else _sound(hearing, one, start, reader, apart)
        if found is not None and found.file is None and not any_sound:
            check_known(one.cue, apart)
        heard.append((one, start, found))
    return _Sounds(_place_sound(hearing, places, reader), tuple(heard), apart.found())


def _fleeting(sounds: _Sounds) -> bool:
    return sounds.found.fleeting


def _sound(
    hearing: Hearing, heard: Heard, start: Moment, reader: Reader, findings: Findings
) -> SoundCue | None:
    if heard.cue.stop or not heard.cue.text:
        return None
    stop = _stop(hearing, heard, start)
    under = heard.cue.duck_under
    role = _role(hearing, under.key) if under is not None else None
    return sound(heard.cue, start, stop, reader, findings, under=role)


def _role(hearing: Hearing, key: str) -> str | None:
    """The role of a name that speaks in the scene."""
    speakers = (item.line.role for item in hearing.items if isinstance(item, Spoken))
    return next((role for role in speakers if _is(role, key)), None)


def _is(role: str, key: str) -> bool:
    return role.upper().replace("-", " ") == key.replace("-", " ")


def _stopped(music: SoundCue, at: Moment, by: Cue) -> SoundCue:
    """New music takes over while the old one fades; a stop ends it there."""
    if music.stop is not None and not by.stop:
        return music
    fade = by.fade_out if by.fade_out is not None else min(music.fade_out, 1.5)
    stop = at.replace(offset=at.offset + fade)
    return music.replace(stop=stop, fade_out=fade)


def _start(hearing: Hearing, heard: Heard) -> Moment:
    cue = heard.cue
    last = hearing.covered.shots[-1].id
    if cue.at is not None:
        marked = _marked(hearing, cue.at.text)
        if marked is not None:
            return marked
    if cue.under is not None and (spoken := _next_line(hearing, heard.item, cue.under.key)):
        return Moment(shot=last, line=spoken)
    if heard.line is not None:
        return Moment(shot=last, line=f"{hearing.scene.id}/{heard.line}", word=heard.word)
    return _at_item(hearing, heard.item)


def _at_item(hearing: Hearing, item: int) -> Moment:
    """The start of the first thing that happens from item number `item` on."""
    places = hearing.covered.places
    following = next((places[i] for i in sorted(places) if i >= item), None)
    if following is None:
        return Moment(shot=hearing.covered.shots[-1].id)
    shot, beat = following
    return Moment(shot=hearing.covered.shots[shot].id, beat=beat)


def _marked(hearing: Hearing, mark: str) -> Moment | None:
    """Where a mark stands: at a word of a line, or between what happens."""
    for line in hearing.scene.lines:
        if any(s.kind == "mark" and s.name == mark for s in line.segments):
            last = hearing.covered.shots[-1].id
            return Moment(shot=last, line=f"{hearing.scene.id}/{line.id}", mark=mark)
    item = hearing.marks.get(mark)
    return None if item is None else _at_item(hearing, item)


def _next_line(hearing: Hearing, item: int, key: str) -> str | None:
    """The film-wide id of what a role says next."""
    spoken = (i for i in hearing.items[item:] if isinstance(i, Spoken))
    found = next((i for i in spoken if _is(i.line.role, key)), None)
    return f"{hearing.scene.id}/{found.line.id}" if found is not None else None


def _stop(hearing: Hearing, heard: Heard, start: Moment) -> Moment | None:
    cue, end = heard.cue, Moment(shot=hearing.covered.shots[-1].id)
    if cue.seconds is not None:
        return start.replace(offset=start.offset + cue.seconds)
    if cue.until is not None:
        everything = cue.until.kind == "end of film"
        return None if everything else _until(hearing, heard, cue) or end
    if cue.under is not None:
        spoken = _next_line(hearing, heard.item, cue.under.key)
        return Moment(shot=end.shot, line=spoken, word=LAST_WORD) if spoken else end
    return end if cue.kind == "ambience" else None


def _until(hearing: Hearing, heard: Heard, cue: Cue) -> Moment | None:
    until, shots = cue.until, hearing.covered.shots
    if until is None or until.kind == "end of scene":
        return Moment(shot=shots[-1].id)
    if until.kind == "mark" and until.name is not None:
        return _marked(hearing, until.name.text)
    if until.kind == "speaks" and until.name is not None:
        return _speaks(hearing, heard.item, until.name.key)
    return None


def _speaks(hearing: Hearing, item: int, key: str) -> Moment | None:
    line = _next_line(hearing, item, key)
    if line is None:
        return None
    return Moment(shot=hearing.covered.shots[-1].id, line=line, offset=BEFORE_SPEAKING)


def _place_sound(hearing: Hearing, places: dict[str, Place], reader: Reader) -> list[SoundCue]:
    """What a place sounds like, unless the scene has an ambience of its own."""
    if any(heard.cue.kind == "ambience" for heard in hearing.heard) or hearing.scene.place is None:
        return []
    place = places[hearing.scene.place]
    what = place.sound or _ambience(place, hearing.scene)
    is_file = bool(place.sound) and "." in place.sound
    if is_file and reader.state(what) != "file":
        return []
    shots = hearing.covered.shots
    level = DECIBELS_OF_AMBIENCE if place.sound_db is None else place.sound_db
    return [
        SoundCue(
            kind="ambience",
            what=what,
            file=what if is_file else None,
            start=Moment(shot=shots[0].id, beat=0),
            stop=Moment(shot=shots[-1].id),
            gain_db=level,
            fade_in=AMBIENCE_FADES[0],
            fade_out=AMBIENCE_FADES[1],
            loop=True,
            duck_db=DUCKS["ambience"],
        )
    ]


def _ambience(place: Place, scene: Scene) -> str:
    weather = WEATHER_SOUNDS.get(place.weather, "")
    if scene.interior:
        return f"{weather} on window" if weather == "rain" else weather or "room tone"
    if weather:
        return weather
    if any(word in place.name.lower() for word in CITY):
        return "traffic"
    return OUTSIDE.get(scene.time_of_day, "wind")
