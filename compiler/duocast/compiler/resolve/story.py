"""The story: scene after scene, with what goes on from one to the next: time of day, clothes, the last camera."""

from collections.abc import Iterable
from itertools import pairwise

from msgspec import Struct, field

from duocast.compiler.cover import Covered, Spoken, cover
from duocast.compiler.lint import Rehearsed, lint
from duocast.compiler.lower.identity import slug
from duocast.compiler.reader import Reader
from duocast.compiler.resolve.findings import Findings
from duocast.compiler.resolve.outline import NOTHING, Outlined
from duocast.compiler.resolve.places import Places, time_of_day
from duocast.compiler.resolve.scenes import walk
from duocast.compiler.resolve.seating import addressed, people, policy
from duocast.compiler.resolve.soundtrack import Hearing
from duocast.compiler.resolve.thirds import introduce
from duocast.compiler.resolve.timechecks import check_times
from duocast.compiler.resolve.walking import Known, SceneWalk
from duocast.compiler.resolve.wishes import Library
from duocast.compiler.screenplay import Place, Scene, Shot, Transition
from duocast.language import nodes as syntax


class Story(Struct, gc=False):
    """The film's scenes while they are put together."""

    library: Library
    places: Places
    reader: Reader
    outline: dict[int, Outlined] = field(default_factory=dict)
    cards: tuple[syntax.Card, ...] = ()
    """All that its cast, places and looks come from."""
    scenes: list[Scene] = field(default_factory=list)
    hearings: list[Hearing] = field(default_factory=list)
    used: dict[str, Place] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    clothes: dict[str, str] = field(default_factory=dict)
    """What roles wear that is not on their cards."""
    time_of_day: str = "day"
    opening: Transition | None = None
    """How the film begins, if the writer says so."""
    known: dict[int, Known] | None = None
    """Speeches that were resolved before, for whoever tells the same film again."""

    @property
    def findings(self) -> Findings:
        """Where to say what is wrong."""
        return self.library.findings


def tell_all(story: Story, blocks: Iterable[syntax.Scene]) -> None:
    """Add scenes, one after the other."""
    for block in blocks:
        tell(story, block)


def tell(story: Story, block: syntax.Scene) -> None:
    """Add a scene."""
    found = walk(block, story.library, story.reader, story.known)
    place = _place(story, block, found)
    seated = people(found.items, found.action, story.library.cast)
    seen = tuple(person.role for person in seated)
    roles = {role.id: role for role in story.library.cast.roles.values()}
    items = tuple(addressed(found.items, seen, roles))
    name = _name(story, block)
    spoken = tuple([item for item in items if isinstance(item, Spoken)])
    policed = policy(place.name, seen)
    covered = cover(name, items, seen, policed)
    lengths = check_times(covered, spoken, story.findings)
    story.clothes |= found.clothes
    if found.lit is not None and place.plate is not None:
        story.findings.carry("another light in a photographed place", found.lit.span)
    scene = _outlined(story, block).replace(
        id=name,
        place=place.id,
        time_of_day=story.time_of_day,
        action=" ".join(found.action),
        wardrobe=tuple((role, story.clothes[role]) for role in seen if role in story.clothes),
        people=seated,
        lines=tuple([item.line for item in spoken]),
        shots=introduce(covered.shots, policed, roles),
    )
    arrive(story, covered)
    _carry_cuts(story, covered)
    if not story.library.lenient:
        before = (story.scenes[-1], story.hearings[-1].covered) if story.scenes else None
        declared, findings = story.library.cast.declared, story.findings
        lint(
            Rehearsed(
                scene, block, items, covered, lengths, roles, declared, findings, before, spoken
            )
        )
    story.scenes.append(scene)
    story.hearings.append(Hearing(scene, items, covered, tuple(found.heard), found.marks))


def join_by_default(scenes: list[Scene], transition: Transition) -> list[Scene]:
    """The scenes joined as the title page says, wherever nothing is written between two of them."""
    if transition == Transition():
        return scenes
    joined = [
        _leaving(scene, transition) if _plain(scene.shots[-1], following.shots[0]) else scene
        for scene, following in pairwise(scenes)
    ]
    return [*joined, *scenes[-1:]]


def _plain(last: Shot, first: Shot) -> bool:
    cards = "card" in (last.camera.framing, first.camera.framing)
    return last.transition == Transition() and not cards


def _leaving(scene: Scene, transition: Transition) -> Scene:
    last = scene.shots[-1].replace(transition=transition)
    return scene.replace(shots=(*scene.shots[:-1], last))


def arrive(story: Story, covered: Covered) -> None:
    """A transition that stands at the top of a scene belongs to the last shot before it."""
    if covered.arriving is None:
        return
    if story.scenes:
        story.scenes[-1] = _leaving(story.scenes[-1], covered.arriving)
    else:
        story.opening = covered.arriving


def _carry_cuts(story: Story, covered: Covered) -> None:
    """Between scenes a match cut is only kept: no picture may hang on what stands before its scene."""
    for number, joined in covered.joined:
        outside = number in (0, len(covered.shots))
        if outside and joined.transition.written == "match cut" and joined.span is not None:
            story.findings.carry("a match cut between scenes", joined.span)


def _place(story: Story, block: syntax.Scene, found: SceneWalk) -> Place:
    if block.heading is None:
        place = story.places.nowhere()
    else:
        story.time_of_day = time_of_day(block.heading, story.time_of_day)
        place = story.places.find(block.heading, " ".join(found.action), story.findings)
    story.used[place.id] = place
    return place


def _name(story: Story, block: syntax.Scene) -> str:
    """`kitchen-night`, and `kitchen-night-2` when it comes again."""
    heading = block.heading
    words = (
        "opening"
        if heading is None
        else f"{heading.place.text} {heading.time.text if heading.time else ''}"
    )
    base = slug(words)
    story.ids[base] = story.ids.get(base, 0) + 1
    return base if story.ids[base] == 1 else f"{base}-{story.ids[base]}"


def _outlined(story: Story, block: syntax.Scene) -> Scene:
    """What the heading and the outline say of a scene."""
    heading = block.heading
    if heading is None:
        return Scene(id="", heading="", place=None)
    if heading.rest:
        story.findings.carry(f"{heading.rest[0].text} in a heading", heading.rest[0].span)
    outlined = story.outline.get(heading.span.start, NOTHING)
    return Scene(
        id="",
        heading=_heading(heading),
        number=heading.number.text if heading.number is not None else "",
        place=None,
        interior=heading.interior or not heading.exterior,
        exterior=heading.exterior,
        establishing=heading.establishing,
        qualifiers=tuple(text.text for text in heading.rest),
        sections=outlined.sections,
        synopsis=outlined.synopsis,
        remarks=outlined.remarks,
        lyrics=outlined.lyrics,
    )


def _heading(heading: syntax.SceneHeading) -> str:
    side = "INT./EXT. " if heading.interior and heading.exterior else ""
    side = side or ("INT. " if heading.interior else "EXT. " if heading.exterior else "")
    return f"{side}{heading.place.key}" + (
        f" - {heading.time.text.upper()}" if heading.time else ""
    )
