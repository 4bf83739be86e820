"""Coverage policies: which camera shows a line when the writer names none.

A conversation opens together, is cut on its speakers, tightens as it goes on, shows the listener during a long line and
everybody now and then. All choices follow from the order of the lines: the same scene is always cut the same way.
"""

from msgspec import Struct, field
from msgspec.structs import replace

from duocast.compiler.cover.framing import TOGETHER, camera, fits
from duocast.compiler.cover.items import CameraWish, Policed, Spoken
from duocast.compiler.cover.turns import BACKCHANNEL_WORDS
from duocast.compiler.operations.compose import CameraMove, Framing
from duocast.compiler.operations.speak import WordTime
from duocast.compiler.screenplay import Camera
from duocast.language.direction import Cutting, Policy, Size

WIDE_EVERY = 6
"""Lines between two shots of everybody."""
LONG_LINE = 5.5
"""Seconds of a line during which the listener is shown once."""
REACTION = 1.7
"""Seconds of a reaction, at least."""
SHORT_LINE = 0.9
"""A line under this many seconds does not get a cut of its own when its speaker is in the picture."""
MONOLOGUE_SHOT = 6.0
"""Seconds after which a monologue may cut to another size."""
SIZES: tuple[Size, ...] = ("ECU", "CU", "MCU", "MS", "MWS", "FS", "WS", "EWS")
"""From near to far."""
MONOLOGUE_SIZES: tuple[Size, ...] = ("MS", "CU", "MCU", "ECU")
SLOW_PUSH = CameraMove(kind="push in", amount=0.5)
PUSH_FROM = 4.0
"""Seconds of a line from which its close shot moves in slowly."""
SENTENCE_END = (".", "?", "!", "…")
CLAUSE_END = (",", ";", ":", ".", "?", "!", "…", "—", "–")


class Part(Struct, frozen=True, gc=False):
    """Words `first` to `last` of a line; `last` None is the line's end."""

    first: int
    last: int | None


class Coverage(Struct):
    """A policy at work in one scene; it remembers what it has shown."""

    policy: Policy
    seen: tuple[str, ...]
    total: int
    said: int = 0
    since_wide: int = 0
    size_step: int = 0
    listener_turn: int = 0
    options: frozenset[Cutting] = frozenset()
    singles: dict[str, int] = field(default_factory=dict)

    def turned(self, item: Policed, total: int) -> "Coverage":
        """The coverage from a direction on: another policy, or the same with other options."""
        options = frozenset(item.options)
        if item.policy is not None:
            return Coverage(item.policy, self.seen, total, options=options)
        return replace(self, options=self.options - _against(options) | options)

    def action(self, last: Camera | None) -> Camera:
        """The shot for something that is done: everybody, unless the last shot shows everybody already."""
        if last is not None and last.framing in TOGETHER:
            return last
        self.since_wide = 0
        return self._together(opening=last is None)

    def whole(self, item: Spoken, last: Camera | None) -> Camera:
        """One shot for a whole line."""
        self.said += 1
        if len(self.seen) < 2 or not item.line.on_screen or item.line.role not in self.seen:
            return self._alone(item, last)
        if self._wants_wide(last):
            self.since_wide = 0
            return self._together(opening=last is None)
        self.since_wide += 1
        if last is not None and _seconds(item) < SHORT_LINE and fits(last, item.line.role):
            return last
        return self._single(item)

    def pair(self, item: Spoken, partner: Spoken, last: Camera | None) -> Camera:
        """One shot for two lines at once: both speakers, unless one of them only murmurs."""
        both = (item.line.role, partner.line.role)
        murmur = len(partner.line.words) <= BACKCHANNEL_WORDS < len(item.line.words)
        if murmur or not set(both) <= set(self.seen):
            return self.whole(item, last)
        self.said += 1
        self.since_wide = 0
        subjects = tuple(role for role in self.seen if role in both)
        return camera(CameraWish(framing="two-shot", subjects=subjects), self.seen, item.line.role)

    def parts(self, item: Spoken, last: Camera | None) -> list[tuple[Part, Camera]]:
        """The pieces of a line: one, or three around a reaction, or a monologue's changes of size."""
        if len(self.seen) == 1 and item.line.role in self.seen:
            return self._monologue(item)
        shot = self.whole(item, last)
        if shot.framing in TOGETHER:
            return self._into_single(item, shot)
        reacts = len(self.seen) > 1 and "no reactions" not in self.options
        cut = _reaction(item) if reacts else None
        if cut is None:
            return [(Part(0, None), shot)]
        first, after = cut
        listener = self._listener(item.line.role)
        return [
            (Part(0, first - 1), shot),
            (Part(first, after - 1), listener),
            (Part(after, None), shot),
        ]

    def _into_single(self, item: Spoken, shot: Camera) -> list[tuple[Part, Camera]]:
        """A long line that begins on everybody goes on closer after its first sentence."""
        word = _first_sentence(item)
        if word is None or item.line.role not in self.seen or len(self.seen) < 2:
            return [(Part(0, None), shot)]
        return [(Part(0, word), shot), (Part(word + 1, None), self._single(item))]

    def _wants_wide(self, last: Camera | None) -> bool:
        opening = last is None
        if "no wides" in self.options:
            return False
        return opening or (self.since_wide >= WIDE_EVERY and self.total - self.said > 1)

    def _together(self, *, opening: bool) -> Camera:
        if not self.seen:
            return camera(CameraWish(framing="establishing"), self.seen, None)
        framing: Framing = "two-shot" if len(self.seen) == 2 else "group"
        if len(self.seen) == 1:
            return camera(CameraWish(framing="single", size="MWS"), self.seen, self.seen[0])
        move = SLOW_PUSH if opening else None
        return camera(CameraWish(framing=framing, move=move), self.seen, None)

    def _alone(self, item: Spoken, last: Camera | None) -> Camera:
        """A line of somebody who is not seen: the picture stays, or shows who listens."""
        if last is not None:
            return last
        if item.line.role in self.seen:
            return camera(CameraWish(framing="single", size="MS"), self.seen, item.line.role)
        return self._together(opening=True)

    def _single(self, item: Spoken) -> Camera:
        role = item.line.role
        turn = self.singles.get(role, 0)
        self.singles[role] = turn + 1
        framing, size = self._tightness(turn)
        size = self._nearer(size)
        if item.estimate.stressed:
            framing, size = "single", "CU"
        move = SLOW_PUSH if _seconds(item) >= PUSH_FROM and size in ("CU", "MCU") else None
        subjects = (role,) if framing == "single" else (role, self._partner(item))
        wish = CameraWish(framing=framing, size=size, subjects=subjects, move=move)
        return camera(wish, self.seen, role)

    def _tightness(self, turn: int) -> tuple[Framing, Size]:
        """Farther away at first, closer towards the end; a podcast stays at one distance."""
        if self.policy == "podcast":
            return ("single", "MS" if turn % 3 == 2 else "MCU")
        progress = self.said / max(1, self.total)
        if progress < 0.4 and turn % 2 == 0 and len(self.seen) == 2:
            return "over-the-shoulder", "MS"
        if self.policy == "interview":
            return "single", "MCU"
        return ("single", "CU") if progress > 0.7 else ("single", "MCU")

    def _nearer(self, size: Size) -> Size:
        """One size nearer in a tight scene, one farther in a loose one."""
        step = ("loose" in self.options) - ("tight" in self.options)
        place = SIZES.index(size) + step
        return SIZES[min(max(place, 0), len(SIZES) - 1)]

    def _partner(self, item: Spoken) -> str:
        addressed = item.line.addresses
        if addressed in self.seen and addressed != item.line.role and addressed is not None:
            return addressed
        return next(role for role in self.seen if role != item.line.role)

    def _listener(self, speaker: str) -> Camera:
        """The listeners take turns."""
        others = [role for role in self.seen if role != speaker]
        role = others[self.listener_turn % len(others)]
        self.listener_turn += 1
        wish = CameraWish(framing="single", size=self._nearer("MCU"), subjects=(role,))
        return camera(wish, self.seen, role)

    def _monologue(self, item: Spoken) -> list[tuple[Part, Camera]]:
        parts = []
        for part in _sentences(item.estimate.words):
            size = self._nearer(MONOLOGUE_SIZES[self.size_step % len(MONOLOGUE_SIZES)])
            self.size_step += 1
            wish = CameraWish(framing="single", size=size, move=SLOW_PUSH)
            parts.append((part, camera(wish, self.seen, item.line.role)))
        self.said += 1
        return parts


def _against(options: frozenset[Cutting]) -> frozenset[Cutting]:
    """The options that these ones end."""
    return frozenset(("tight", "loose")) if options & {"tight", "loose"} else frozenset()


def _seconds(item: Spoken) -> float:
    return item.estimate.seconds


def _first_sentence(item: Spoken) -> int | None:
    """The last word of the first sentence that leaves a good length on both sides."""
    total = item.estimate.seconds
    if total < LONG_LINE:
        return None
    words = item.estimate.words
    for index, word in enumerate(words[:-1]):
        if (
            word.end >= REACTION
            and total - word.end >= REACTION
            and word.text.endswith(SENTENCE_END)
        ):
            return index
    return None


def _reaction(item: Spoken) -> tuple[int, int] | None:
    """The first word under the listener's reaction, and the first after it."""
    if item.estimate.seconds < LONG_LINE or item.estimate.count < 10:
        return None
    words = item.estimate.words
    target = item.estimate.seconds * 0.42
    starts = [i for i in range(3, len(words) - 4) if words[i - 1].text.endswith(CLAUSE_END)]
    candidates = starts or list(range(3, len(words) - 4))
    first = min(candidates, key=lambda i: (abs(words[i].start - target), i))
    after = next((i for i in range(first + 2, len(words) - 2) if _enough(words, first, i)), None)
    return None if after is None else (first, after)


def _enough(words: tuple[WordTime, ...], first: int, after: int) -> bool:
    return words[after].start - words[first].start >= REACTION


def _sentences(words: tuple[WordTime, ...]) -> list[Part]:
    """Pieces of whole sentences of at least `MONOLOGUE_SHOT` seconds each."""
    parts, first = [], 0
    for index, word in enumerate(words[:-1]):
        enough = word.end - words[first].start >= MONOLOGUE_SHOT
        rest = words[-1].end - word.end >= MONOLOGUE_SHOT / 2
        if enough and rest and word.text.rstrip("\"'”’").endswith((".", "?", "!", "…")):
            parts.append(Part(first, index))
            first = index + 1
    return [*parts, Part(first, None)]
