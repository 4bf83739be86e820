"""The cut: measured shots laid end to end, and every sound hung on the instant it belongs to. Pure."""

from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct

from duocast.compiler.operations.cut import CutLine, CutParams, CutSound
from duocast.compiler.operations.speak import TakeTimes
from duocast.compiler.operations.time import ShotTiming
from duocast.compiler.screenplay import Moment
from duocast.compiler.timeline import (
    SAMPLE_RATE,
    Chapter,
    PictureClip,
    PictureTransition,
    SoundClip,
    SpokenLine,
    Timeline,
    Track,
)
from duocast.compiler.timing import INTERRUPTION_FADE, line_seconds

KINDS: tuple[Literal["music", "effects", "ambience"], ...] = ("music", "effects", "ambience")


class _Cut(Struct, frozen=True, gc=False):
    """The measured film while it is being cut."""

    params: CutParams
    timings: Mapping[str, ShotTiming]
    times: Mapping[str, TakeTimes]
    clips: tuple[PictureClip, ...]
    spoken: Mapping[str, SpokenLine]
    frames: int


def cut_film(
    params: CutParams, timings: Mapping[str, ShotTiming], times: Mapping[str, TakeTimes]
) -> Timeline:
    """The timeline of the whole film.

    `timings` by shot id, `times` by film-wide line id (`scene/line`).
    """
    clips = _picture(params, timings)
    frames = clips[-1].start + clips[-1].frames if clips else 0
    spoken = dict(_spoken(params, timings, times, clips))
    cut = _Cut(params, timings, times, clips, spoken, frames)
    return Timeline(
        rate=params.rate,
        width=params.width,
        height=params.height,
        frames=frames,
        picture=clips,
        transitions=tuple(_transitions(params)),
        tracks=_tracks(cut),
        spoken=tuple(sorted(spoken.values(), key=lambda line: (line.at, line.line))),
        chapters=tuple(_chapters(cut)),
    )


def transition_frames(params: CutParams, seconds: float) -> int:
    """A transition's length in frames; always even, so that it has a middle."""
    return 2 * max(1, round(seconds * float(params.rate.fps) / 2))


def _picture(params: CutParams, timings: Mapping[str, ShotTiming]) -> tuple[PictureClip, ...]:
    clips, start = [], 0
    for shot in params.shots:
        frames = timings[shot.id].frames
        clips.append(PictureClip(shot=shot.id, start=start, frames=frames))
        start += frames
        if shot.transition in ("dissolve", "wipe") and shot is not params.shots[-1]:
            start -= transition_frames(params, shot.seconds)
    return tuple(clips)


def _transitions(params: CutParams) -> Iterator[PictureTransition]:
    if params.opening_fade:
        frames = transition_frames(params, params.opening_fade)
        yield PictureTransition(after=-1, kind="fade", frames=frames)
    last = len(params.shots) - 1
    for index, shot in enumerate(params.shots):
        if shot.transition != "cut" and index < last:
            frames = transition_frames(params, shot.seconds)
            yield PictureTransition(
                after=index, kind=shot.transition, frames=frames, colour=shot.colour
            )
    if params.closing_fade:
        frames = transition_frames(params, params.closing_fade)
        yield PictureTransition(after=last, kind="fade", frames=frames)


def _spoken(
    params: CutParams,
    timings: Mapping[str, ShotTiming],
    times: Mapping[str, TakeTimes],
    clips: tuple[PictureClip, ...],
) -> Iterator[tuple[str, SpokenLine]]:
    lines = {line.id: line for line in params.lines}
    seen: set[str] = set()
    for shot, clip in zip(params.shots, clips, strict=True):
        origin = params.rate.samples(clip.start)
        for span in timings[shot.id].spoken:
            name = f"{shot.scene}/{span.line}"
            if name in seen or span.continued:
                continue
            seen.add(name)
            at = origin + round((span.at - span.offset) * SAMPLE_RATE)
            yield name, _spoken_line(lines[name], at, times[name])


def _spoken_line(line: CutLine, at: int, take: TakeTimes) -> SpokenLine:
    end = at + round(line_seconds(take, line.interrupted) * SAMPLE_RATE)
    return SpokenLine(
        line=line.id, role=line.role, name=line.name, at=at, end=end, on_screen=line.on_screen
    )


def _tracks(cut: _Cut) -> tuple[Track, ...]:
    """The voices, and a track for all sounds of a kind that make way for them alike."""
    return (Track(kind="dialogue", clips=tuple(_dialogue(cut))), *_sound_tracks(cut))


def _sound_tracks(cut: _Cut) -> Iterator[Track]:
    for kind in KINDS:
        sounds = [sound for sound in cut.params.sounds if sound.kind == kind]
        for depth, under in dict.fromkeys((s.duck_db, s.duck_under) for s in sounds):
            alike = [s for s in sounds if (s.duck_db, s.duck_under) == (depth, under)]
            clips = _clips(cut, alike)
            yield Track(kind=kind, clips=clips, duck_db=depth, duck_under=under)


def _dialogue(cut: _Cut) -> Iterator[SoundClip]:
    total = cut.params.rate.samples(cut.frames)
    for line in cut.params.lines:
        spoken = cut.spoken.get(line.id)
        if spoken is None:
            continue
        fade = round(INTERRUPTION_FADE * SAMPLE_RATE) if line.interrupted else 0
        yield SoundClip(
            source=f"take.{line.id}",
            at=max(0, spoken.at),
            samples=min(spoken.end, total) - max(0, spoken.at),
            fade_out=fade,
            pan=line.pan,
            line=line.id,
            room=line.room,
        )


def _clips(cut: _Cut, sounds: list[CutSound]) -> tuple[SoundClip, ...]:
    return tuple(clip for sound in sounds if (clip := _sound_clip(cut, sound)) is not None)


def _sound_clip(cut: _Cut, sound: CutSound) -> SoundClip | None:
    total = cut.params.rate.samples(cut.frames)
    start = max(0, _sample(cut, sound.start))
    stop = total if sound.stop is None else min(total, _sample(cut, sound.stop))
    if stop <= start:
        return None
    return SoundClip(
        source=sound.source,
        at=start,
        samples=stop - start,
        offset=round(sound.offset * SAMPLE_RATE),
        gain_db=sound.gain_db,
        fade_in=round(sound.fade_in * SAMPLE_RATE),
        fade_out=min(round(sound.fade_out * SAMPLE_RATE), stop - start),
        loop=sound.loop,
    )


def _sample(cut: _Cut, moment: Moment) -> int:
    """The film sample of a moment; one that never comes to be is its shot's end."""
    return _origin(cut, moment) + round(moment.offset * SAMPLE_RATE)


def _origin(cut: _Cut, moment: Moment) -> int:
    clip = next(clip for clip in cut.clips if clip.shot == moment.shot)
    start, end = (cut.params.rate.samples(f) for f in (clip.start, clip.start + clip.frames))
    spoken = cut.spoken.get(moment.line) if moment.line else None
    if spoken is not None and moment.line is not None:
        return spoken.at + round(_in_take(cut.times[moment.line], moment) * SAMPLE_RATE)
    beats = cut.timings[moment.shot].beats
    if moment.beat is None or moment.beat >= len(beats):
        return end
    return start + round(beats[moment.beat][0] * SAMPLE_RATE) if moment.beat else start


def _in_take(take: TakeTimes, moment: Moment) -> float:
    if moment.mark is not None:
        return next((mark.at for mark in take.marks if mark.name == moment.mark), take.seconds)
    if moment.word < len(take.words):
        return take.words[moment.word].start
    return take.seconds


def _chapters(cut: _Cut) -> Iterator[Chapter]:
    for chapter in cut.params.chapters:
        seconds = _sample(cut, chapter.at) / SAMPLE_RATE
        yield Chapter(title=chapter.title, frame=round(seconds * float(cut.params.rate.fps)))
