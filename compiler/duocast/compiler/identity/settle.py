"""Settling: a fresh screenplay gets the lasting names of what it was before, and keeps its seeds."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from msgspec import Struct, field
from msgspec.structs import replace

from duocast.compiler.identity.kept import Identity, KeptLine, KeptRole, KeptScene
from duocast.compiler.identity.lines import Pairs, Spot, pair_lines
from duocast.compiler.identity.rewrite import Names, Tables, rewritten
from duocast.compiler.identity.roles import settle_roles
from duocast.compiler.identity.scenes import Outline, pair_scenes
from duocast.compiler.identity.shots import name_shots, outlined
from duocast.compiler.lower.identity import seed
from duocast.compiler.screenplay import (
    ChapterCue,
    Line,
    Moment,
    Scene,
    Screenplay,
    SoundCue,
)

_NUMBERED = re.compile(r"(.+?)(-\d+)?$")


class Done(Struct, frozen=True, gc=False):
    """A scene as the compile gave it, as it was settled, and what is kept of it."""

    fresh: Scene
    settled: Scene
    kept: KeptScene
    names: Names
    tables: Tables
    """The tables of the names; empty when every name stays."""
    outline: Outline
    """What the scene is paired by the next time."""


class Settled(Struct, frozen=True, gc=False):
    """A screenplay with lasting names, and the identity for the next time.

    `lost` are lines that are gone, `born` those that are new, as (scene, line); `done` spares the next settling of
    the same film the scenes that did not change.
    """

    screenplay: Screenplay
    identity: Identity
    born: tuple[tuple[str, str], ...] = ()
    lost: tuple[tuple[str, str], ...] = ()
    recast: tuple[tuple[str, str, str], ...] = ()
    """(scene, line of before, line of now)."""
    done: Mapping[str, Done] = field(default_factory=dict)


def settle(
    screenplay: Screenplay, before: Identity, done: Mapping[str, Done] | None = None
) -> Settled:
    """The screenplay with the names and seeds of `before` wherever it is the same film.

    A film without a history comes back as it is: the same text gives the same keys in every fresh folder. `done` is
    that of the last settling in this process.
    """
    roles, kept_roles = settle_roles(screenplay, before)
    scenes = _Scenes(screenplay, before, kept_roles, done or {})
    settled = [scenes.settled(place) for place in range(len(screenplay.scenes))]
    whole = _whole(screenplay, settled, {r.fresh: r.id for r in kept_roles if r.fresh != r.id})
    return Settled(
        screenplay=whole.replace(roles=roles) if roles != screenplay.roles else whole,
        identity=Identity(roles=kept_roles, scenes=tuple([one.kept for one in settled])),
        born=tuple(scenes.born),
        lost=tuple(scenes.lost()),
        recast=tuple(scenes.recast),
        done={one.kept.id: one for one in settled},
    )


def _whole(screenplay: Screenplay, settled: Sequence[Done], roles: Mapping[str, str]) -> Screenplay:
    """The film of the settled scenes; its cues and chapters point at the lasting names."""
    if all(one.settled is one.fresh for one in settled):
        return screenplay
    tables = {one.fresh.id: one.tables for one in settled if one.tables}
    under = {old: new for old, new in roles.items() if old != new}
    return screenplay.replace(
        scenes=tuple([one.settled for one in settled]),
        sounds=tuple([_cue(cue, tables, under) for cue in screenplay.sounds]),
        chapters=tuple(
            [_chapter(cue, tables.get(_scene_of(cue.at))) for cue in screenplay.chapters]
        ),
    )


def _cue(cue: SoundCue, tables: Mapping[str, Tables], roles: Mapping[str, str]) -> SoundCue:
    """A cue that points at the lasting names; its two ends may stand in different scenes."""
    first = tables.get(_scene_of(cue.start))
    last = tables.get(_scene_of(cue.stop)) if cue.stop is not None else None
    if first is None and last is None:
        return cue
    return cue.replace(
        start=cue.start if first is None else rewritten(cue.start, first),
        stop=cue.stop if last is None or cue.stop is None else rewritten(cue.stop, last),
        duck_under=roles.get(cue.duck_under, cue.duck_under) if cue.duck_under else None,
    )


def _chapter(cue: ChapterCue, tables: Tables | None) -> ChapterCue:
    return cue if tables is None else rewritten(cue, tables)


def _scene_of(moment: Moment) -> str:
    return moment.shot.rpartition("/")[0]


class _Scenes:
    """The scenes of a film on their way from fresh names to lasting ones."""

    def __init__(
        self,
        screenplay: Screenplay,
        before: Identity,
        roles: tuple[KeptRole, ...],
        done: Mapping[str, Done],
    ) -> None:
        self._fresh = screenplay.scenes
        self._old = before.scenes
        self._done = done
        self._roles = {role.fresh: role.id for role in roles if role.fresh != role.id}
        self._kept_roles = {role.fresh: role for role in roles}
        self._called = _called(before.roles, roles)
        self._old_outlines = [self._old_outline(scene) for scene in before.scenes]
        self._outlines = self._new_outlines()
        self._pairs = pair_scenes(self._old_outlines, self._outlines)
        self._gone: list[tuple[str, str]] = []
        self.born: list[tuple[str, str]] = []
        self.recast: list[tuple[str, str, str]] = []
        self._ids = self._scene_ids()
        self._lines = self._paired_lines()

    def _old_outline(self, scene: KeptScene) -> Outline:
        last = self._done.get(scene.id)
        if last is not None and last.kept is scene:
            return last.outline
        return Outline(scene.fresh, tuple([line.fresh for line in scene.lines]))

    def _new_outlines(self) -> list[Outline]:
        """The outlines of today; of a scene that is the very same the one that it had."""
        known = {} if self._called else {one.fresh.id: one for one in self._done.values()}
        return [
            last.outline
            if (last := known.get(scene.id)) is not None and last.fresh is scene
            else Outline(scene.id, self._prints(scene))
            for scene in self._fresh
        ]

    def _prints(self, scene: Scene) -> tuple[str, ...]:
        """The ids that the lines' words give them, under the names that their roles had before."""
        if not self._called:
            return tuple([line.id for line in scene.lines])
        return tuple(
            [
                self._called.get(line.role, line.role) + line.id[len(line.role) :]
                for line in scene.lines
            ]
        )

    def _scene_ids(self) -> list[str]:
        """Paired scenes keep their names while their heading says the same; the others get free ones."""
        ids: dict[int, str] = {}
        for place, other in sorted(self._pairs.items()):
            kept, fresh = self._old[other].id, self._fresh[place].id
            if kept == fresh or _base(kept) == _base(fresh):
                ids[place] = self._old[other].id
        used = set(ids.values())
        for place, scene in enumerate(self._fresh):
            if place not in ids:
                ids[place] = _free(scene.id, used, _base(scene.id))
                used.add(ids[place])
        return [ids[place] for place in range(len(self._fresh))]

    def _paired_lines(self) -> dict[int, tuple[KeptLine, ...]]:
        """The kept lines of every scene, by its place; only scenes that changed are laid side by side."""
        found: dict[int, tuple[KeptLine, ...]] = {}
        changed: list[int] = []
        for place, outline in enumerate(self._outlines):
            other = self._pairs.get(place)
            if other is not None and outline.said == self._old_outlines[other].said:
                found[place] = self._old[other].lines
            else:
                changed.append(place)
        found.update(self._aligned(changed))
        if self._called:
            for place, scene in enumerate(self._fresh):
                found[place] = tuple(
                    kept if kept.fresh == line.id else kept.replace(fresh=line.id)
                    for kept, line in zip(found[place], scene.lines, strict=True)
                )
        return found

    def _aligned(self, changed: list[int]) -> dict[int, tuple[KeptLine, ...]]:
        sides = []
        paired = {self._pairs[place] for place in self._pairs}
        for place in changed:
            other = self._pairs.get(place)
            old = self._old_spots(other) if other is not None else []
            sides.append((old, self._new_spots(place)))
        gone = [other for other in range(len(self._old)) if other not in paired]
        sides += [(self._old_spots(other), []) for other in gone]
        pairs = pair_lines(sides)
        self._gone = [
            (self._old[s.scene].id, self._old[s.scene].lines[s.place].id)
            for old, _ in sides
            for s in old
            if (s.scene, s.place) not in pairs.taken
        ]
        return {place: self._continued(place, pairs) for place in changed}

    def _continued(self, place: int, pairs: Pairs) -> tuple[KeptLine, ...]:
        """The lines of a scene: those that go on first, so that no new one takes a name from them."""
        used: set[str] = set()
        lines = self._fresh[place].lines
        rows = [
            None if spot is None else self._goes_on(line, spot, used)
            for number, line in enumerate(lines)
            for spot in (pairs.kept.get((place, number)),)
        ]
        return tuple(
            [
                self._begins(line, used, place, pairs.recast.get((place, number)))
                if row is None
                else row
                for number, (row, line) in enumerate(zip(rows, lines, strict=True))
            ]
        )

    def _old_spots(self, place: int) -> list[Spot]:
        return [
            Spot(place, number, line.role, line.fresh, line.words)
            for number, line in enumerate(self._old[place].lines)
        ]

    def _new_spots(self, place: int) -> list[Spot]:
        """The lines of a scene. The id of a line tells its words, where they were said in the scene before."""
        other = self._pairs.get(place)
        known = {} if other is None else {line.fresh: line for line in self._old[other].lines}
        return [
            Spot(
                place,
                number,
                self._role(line),
                line.id,
                said.words if said is not None else " ".join(line.words),
            )
            for number, line in enumerate(self._fresh[place].lines)
            for said in (known.get(line.id),)
        ]

    def _role(self, line: Line) -> str:
        return self._roles.get(line.role, line.role)

    def _goes_on(self, line: Line, spot: Spot, used: set[str]) -> KeptLine:
        """The old line with the words of today."""
        old = self._old[spot.scene].lines[spot.place]
        name = old.id if old.id not in used else _free(line.id, used, line.id)
        used.add(name)
        if old.id == name and old.fresh == line.id:
            return old
        words = " ".join(line.words)
        if words == old.words:
            return old.replace(id=name, fresh=line.id)
        born = self._kept_roles[line.role].name
        number = old.seed if old.seed is not None else seed("take", born, *old.words.split())
        return old.replace(id=name, fresh=line.id, words=words, seed=number)

    def _begins(self, line: Line, used: set[str], place: int, before: Spot | None) -> KeptLine:
        """A new line, or one that somebody else says now."""
        role = self._role(line)
        base = role + line.id[len(line.role) :]
        name = _free(base, used, base)
        used.add(name)
        if before is None:
            self.born.append((self._ids[place], name))
        else:
            old = self._old[before.scene].lines[before.place].id
            self.recast.append((self._ids[place], old, name))
        return KeptLine(id=name, fresh=line.id, role=role, words=" ".join(line.words))

    def lost(self) -> list[tuple[str, str]]:
        """The lines of before that are gone."""
        return self._gone

    def settled(self, place: int) -> Done:
        """A scene with its lasting names."""
        fresh, name, lines = self._fresh[place], self._ids[place], self._lines[place]
        last = self._done.get(name)
        if last is not None and self._stands(last, fresh, lines):
            return last if last.fresh is fresh else replace(last, fresh=fresh)
        named = {line.id: kept.id for line, kept in zip(fresh.lines, lines, strict=True)}
        other = self._pairs.get(place)
        now = [outlined(shot, named) for shot in fresh.shots]
        shots = name_shots(self._old[other].shots, now) if other is not None else tuple(now)
        changed = {
            shot.id: f"{name}/{kept.name}" for shot, kept in zip(fresh.shots, shots, strict=True)
        }
        names = Names(_moving(named), _moving(changed), self._roles)
        tables: Tables = {} if names.trivial else names.tables
        scene = rewritten(fresh, tables) if tables else fresh
        scene = _seeded(scene if name == fresh.id else scene.replace(id=name), lines)
        kept = KeptScene(id=name, fresh=fresh.id, lines=lines, shots=shots)
        outline = Outline(fresh.id, tuple([line.id for line in fresh.lines]))
        return Done(fresh, scene, kept, names, tables, outline)

    def _stands(self, last: Done, fresh: Scene, lines: tuple[KeptLine, ...]) -> bool:
        """Whether a scene is what it was when it was settled last."""
        return (
            (last.fresh is fresh or last.fresh == fresh)
            and (last.kept.lines is lines or last.kept.lines == lines)
            and last.names.roles == self._roles
        )


def _seeded(scene: Scene, lines: tuple[KeptLine, ...]) -> Scene:
    if all(kept.seed is None for kept in lines):
        return scene
    seeded = [
        line if kept.seed is None else line.replace(seed=kept.seed)
        for line, kept in zip(scene.lines, lines, strict=True)
    ]
    return scene.replace(lines=tuple(seeded))


def _called(before: Sequence[KeptRole], now: Sequence[KeptRole]) -> dict[str, str]:
    """Today's ids of roles that were renamed since the last compile to their ids then."""
    old = {role.id: role.fresh for role in before}
    return {r.fresh: old[r.id] for r in now if r.id in old and old[r.id] != r.fresh}


@lru_cache(maxsize=4096)
def _base(name: str) -> str:
    found = _NUMBERED.match(name)
    return found[1] if found else name


def _free(wanted: str, used: set[str], base: str) -> str:
    """`wanted`, or the base with the first number that is free."""
    name, number = wanted, 1
    while name in used:
        number += 1
        name = f"{base}-{number}"
    return name


def _moving(names: dict[str, str]) -> dict[str, str]:
    return {old: new for old, new in names.items() if old != new}
