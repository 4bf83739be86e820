"""Mouths and voices of a whole film: each role's opening where it is seen, its voice, and how the two agree."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from duocast.compiler.timeline import SAMPLE_RATE, PictureClip
from duocast.runtime.picture.pose import FIELDS
from duocast.runtime.sound.file import read_sound
from measure.rendered import Rendered

Floats = NDArray[np.floating]

STEP = 0.005
REACH = 0.3
ENVELOPE_STEP = 0.010
SYNC = 0.040
"""Seconds by which lips may be early or late, and no viewer sees it; a voice's own phoneme times are no better."""
SHUT = 0.015
"""Face heights above rest within which lips are shut."""
SHARE = 0.15
LEAST_REST = 8
"""Frames of silence from which a mouth's rest is read."""
_AROUND = 0.25
"""Seconds before and after a line that belong to neither speaking nor listening."""

Openings = Callable[[Rendered, PictureClip], dict[str, Floats]]
"""How far the mouths of a shot are open, a row for each role that is seen from the front; NaN where unknown."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """`offset` in seconds, above 0 the mouth is late; `correlation` at that offset over `seconds` of speech."""

    offset: float
    correlation: float
    seconds: float


@dataclass(frozen=True)
class Voices:
    """A film's mouths (by frame of the film) and voices (by 10 ms of the film), by role."""

    film: Rendered
    measured: Openings

    @cached_property
    def roles(self) -> list[str]:
        """Who speaks, in the order of the first line."""
        return list(dict.fromkeys(line.role for line in self.film.timeline.spoken))

    @cached_property
    def openings(self) -> dict[str, Floats]:
        """A value for each frame of the film, NaN where the role's mouth is not seen."""
        timeline = self.film.timeline
        found = {role: np.full(timeline.frames, np.nan) for role in self.roles}
        dissolved = self._dissolved()
        for clip in timeline.picture:
            for role, row in self.measured(self.film, clip).items():
                if role in found:
                    found[role][clip.start : clip.start + clip.frames] = row[: clip.frames]
        for row in found.values():
            row[list(dissolved)] = np.nan
        return found

    def _dissolved(self) -> set[int]:
        clips = self.film.timeline.picture
        return {f for a, b in pairwise(clips) for f in range(b.start, a.start + a.frames)}

    @cached_property
    def envelopes(self) -> dict[str, Floats]:
        """The square root of the smoothed energy of each role's takes, laid where they stand in the film."""
        timeline = self.film.timeline
        total = timeline.rate.samples(timeline.frames)
        found = {}
        for role in self.roles:
            voice = np.zeros(total + SAMPLE_RATE)
            for line in timeline.spoken:
                if line.role == role:
                    sound, _ = read_sound(self.film.file(f"{line.line}/take", "sound"))
                    take = sound[: line.end - line.at, 0]
                    voice[line.at : line.at + len(take)] += take
            found[role] = _envelope(voice[:total])
        return found

    @property
    def fps(self) -> float:
        """Frames a second."""
        return float(self.film.timeline.rate.fps)

    def speaking(self, role: str, around: float = 0.0) -> NDArray[np.bool_]:
        """The frames in which a line of the role sounds, and `around` seconds before and after."""
        times = (np.arange(self.film.timeline.frames) + 0.5) / self.fps
        found = np.zeros(len(times), bool)
        for line in self.film.timeline.spoken:
            if line.role == role:
                start, end = line.at / SAMPLE_RATE - around, line.end / SAMPLE_RATE + around
                found |= (times >= start) & (times <= end)
        return found

    def agreement(self, role: str) -> Agreement:
        """How a role's mouth follows its voice, over every frame in which it is seen to speak."""
        mouth = self.openings[role]
        used = np.flatnonzero(~np.isnan(mouth) & self.speaking(role, _AROUND))
        times: Floats = (used + 0.5) / self.fps
        lags: Floats = np.arange(-round(REACH / STEP), round(REACH / STEP) + 1) * STEP
        values = [
            _correlation(mouth[used], self._voice_at(role, times - float(lag))) for lag in lags
        ]
        best = int(np.argmax(values))
        return Agreement(float(lags[best]), values[best], len(used) / self.fps)

    def _voice_at(self, role: str, times: Floats) -> Floats:
        envelope = self.envelopes[role]
        at = (np.arange(len(envelope)) + 0.5) * ENVELOPE_STEP
        return np.asarray(np.interp(times, at, envelope, left=0, right=0), np.float64)

    def binding(self) -> Floats:
        """Roles x roles: the correlation of each mouth (row) with each voice, wherever it is seen."""
        rows = []
        for mouth_of in self.roles:
            mouth = self.openings[mouth_of]
            used = np.flatnonzero(~np.isnan(mouth))
            times = (used + 0.5) / self.fps
            voices = (self._voice_at(role, times) for role in self.roles)
            rows.append([_correlation(mouth[used], voice) for voice in voices])
        return np.array(rows)

    def listening_ratio(self) -> float:
        """The mouth motion of listeners, while somebody else speaks, over that of speakers; 0 if nobody listens."""
        heard, spoke = [np.zeros(0)], [np.zeros(0)]
        for role in self.roles:
            change = np.abs(np.diff(self.openings[role], prepend=np.nan))
            near, own, seen = self.speaking(role, _AROUND), self.speaking(role), ~np.isnan(change)
            for other in self.roles:
                if other != role:
                    heard.append(change[self.speaking(other) & ~near & seen])
            spoke.append(change[own & seen])
        listener, speaker = np.concatenate(heard), np.concatenate(spoke)
        return float(listener.mean() / speaker.mean()) if len(listener) and len(speaker) else 0.0

    def rest(self, role: str) -> float:
        """What a role's shut mouth reads as: the median over the frames in which nothing of it sounds.

        A measure of pictures has no zero of its own: a moustache over the lips or a shade below them reads as a gap.
        """
        mouth = self.openings[role]
        silent = mouth[~self.speaking(role, _AROUND) & ~np.isnan(mouth)]
        return float(np.median(silent)) if len(silent) >= LEAST_REST else float("nan")

    def closures(self, role: str) -> list[tuple[float, float]]:
        """Seconds of the film in which p, b and m want shut lips, where the role is seen to say them."""
        found = []
        for line in self.film.timeline.spoken:
            if line.role != role:
                continue
            for phone in self.film.times(line.line).phones:
                start, end = (line.at / SAMPLE_RATE + t for t in (phone.start, phone.end))
                if phone.symbol in ("p", "b", "m") and end <= line.end / SAMPLE_RATE:
                    found.append((start, end))
        return [span for span in found if not np.isnan(self._least_open(role, span))]

    def _least_open(self, role: str, span: tuple[float, float]) -> float:
        """The smallest opening of the frames in which the closure is, by no more than `SYNC` beside its phoneme."""
        first, last = (int(at * self.fps) for at in (span[0] - SYNC, span[1] + SYNC))
        window = self.openings[role][max(0, first) : last + 1]
        return float("nan") if np.isnan(window).any() or not len(window) else float(window.min())

    def shut(self, role: str, limit: float = SHUT) -> float:
        """The opening up to which a role's lips count as shut: `limit` above their own rest.

        Nor more than `SHARE` of the way from rest to wide open (the 95th percentile): an absolute limit says nothing
        of a mouth that hardly opens.
        """
        zero = self.rest(role)
        wide = float(np.nanquantile(self.openings[role], 0.95))
        return zero + min(limit, SHARE * (wide - zero))

    def closed_share(self, role: str) -> float:
        """The share of closures in which the lips are shut in at least one of their frames."""
        least = [self._least_open(role, span) for span in self.closures(role)]
        return float(np.mean(np.array(least) <= self.shut(role))) if least else 1.0

    def centre_share(self, role: str) -> float:
        """The share of closures that are shut in the very frame of their middle."""
        mouth = self.openings[role]
        middles = [int((start + end) / 2 * self.fps) for start, end in self.closures(role)]
        return float(np.mean(mouth[middles] <= self.shut(role))) if middles else 1.0


def performed(film: Rendered, clip: PictureClip) -> dict[str, Floats]:
    """Openings from the performance: jaw times what the lips leave open."""
    layout, performance = film.layout(clip.shot), film.performance(clip.shot)
    if layout is None or performance is None:
        return {}
    jaw, press = (performance[..., FIELDS.index(n)].astype(float) for n in ("jaw", "press"))
    opened = jaw * (1 - press)
    return {
        person.role: opened[:, number]
        for number, person in enumerate(layout.people)
        if person.view == "front"
    }


def _envelope(sound: Floats, sigma: float = 0.020) -> Floats:
    size = round(ENVELOPE_STEP * SAMPLE_RATE)
    energy = (sound[: len(sound) // size * size].reshape(-1, size) ** 2).mean(axis=1)
    reach = np.arange(-round(3 * sigma / ENVELOPE_STEP), round(3 * sigma / ENVELOPE_STEP) + 1)
    kernel = np.exp(-0.5 * (reach * ENVELOPE_STEP / sigma) ** 2)
    return np.sqrt(np.convolve(energy, kernel / kernel.sum(), mode="same"))


def _correlation(a: Floats, b: Floats) -> float:
    a, b = a - a.mean(), b - b.mean()
    size = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / size if size > 1e-12 else 0.0
