"""The soundtrack: every cue from one moment of the film to another, and the sound of each place under its scene."""

from msgspec import Struct

from duocast.compiler.cover import Covered, Item, Spoken
from duocast.compiler.reader import Reader
from duocast.compiler.resolve.cues import AMBIENCE_FADES, DUCKS, Heard, sound
from duocast.compiler.resolve.findings import Findings
from duocast.compiler.resolve.places import DECIBELS_OF_AMBIENCE
from duocast.compiler.screenplay import ChapterCue, Moment, Place, Scene, SoundCue
from duocast.language.cue import Cue

BEFORE_SPEAKING = -0.25
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


def soundtrack(
    hearings: list[Hearing],
    places: dict[str, Place],
    reader: Reader,
    findings: Findings,
) -> tuple[tuple[SoundCue, ...], tuple[ChapterCue, ...]]:
    """All sounds and chapters of the film."""
    sounds: list[SoundCue] = []
    chapters: list[ChapterCue] = []
    playing: int | None = None
    for hearing in hearings:
        sounds += _place_sound(hearing, places, reader)
        for heard in hearing.heard:
            start = _start(hearing, heard)
            if heard.cue.kind == "chapter":
                chapters.append(ChapterCue(title=heard.cue.text, at=start))
                continue
            if heard.cue.kind == "music" and playing is not None:
                sounds[playing] = _stopped(sounds[playing], start, heard.cue)
                playing = None
            found = _sound(hearing, heard, start, reader, findings)
            if found is not None:
                sounds.append(found)
                if found.kind == "music":
                    playing = len(sounds) - 1
    return tuple(sounds), tuple(chapters)


def _sound(
    hearing: Hearing, heard: Heard, start: Moment, reader: Reader, findings: Findings
) -> SoundCue | None:
    if heard.cue.stop or not heard.cue.text:
        return None
    return sound(heard.cue, start, _stop(hearing, heard, start), reader, findings)


def _stopped(music: SoundCue, at: Moment, by: Cue) -> SoundCue:
    """New music takes over while the old one fades; a stop ends it there."""
    if music.stop is not None:
        return music
    fade = by.fade_out if by.fade_out is not None else min(music.fade_out, 1.5)
    stop = at.replace(offset=at.offset + fade)
    return music.replace(stop=stop, fade_out=fade)


def _start(hearing: Hearing, heard: Heard) -> Moment:
    cue = heard.cue
    last = hearing.covered.shots[-1].id
    if cue.at is not None:
        line = _marked(hearing, cue.at.text)
        if line is not None:
            return Moment(shot=last, line=line, mark=cue.at.text)
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


def _marked(hearing: Hearing, mark: str) -> str | None:
    for line in hearing.scene.lines:
        if any(s.kind == "mark" and s.name == mark for s in line.segments):
            return f"{hearing.scene.id}/{line.id}"
    return None


def _stop(hearing: Hearing, heard: Heard, start: Moment) -> Moment | None:
    cue, end = heard.cue, Moment(shot=hearing.covered.shots[-1].id)
    if cue.seconds is not None:
        return start.replace(offset=start.offset + cue.seconds)
    if cue.until is not None:
        return _until(hearing, heard, cue) or end
    return end if cue.kind == "ambience" else None


def _until(hearing: Hearing, heard: Heard, cue: Cue) -> Moment | None:
    until, shots = cue.until, hearing.covered.shots
    if until is None or until.kind == "end of scene":
        return Moment(shot=shots[-1].id)
    if until.kind == "mark" and until.name is not None:
        line = _marked(hearing, until.name.text)
        return Moment(shot=shots[-1].id, line=line, mark=until.name.text) if line else None
    if until.kind == "speaks" and until.name is not None:
        return _speaks(hearing, heard.item, until.name.key)
    return None


def _speaks(hearing: Hearing, item: int, key: str) -> Moment | None:
    for spoken in hearing.items[item:]:
        if isinstance(spoken, Spoken) and spoken.line.role.upper().replace("-", " ") == key:
            line = f"{hearing.scene.id}/{spoken.line.id}"
            shot = hearing.covered.shots[-1].id
            return Moment(shot=shot, line=line, offset=BEFORE_SPEAKING)
    return None


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
