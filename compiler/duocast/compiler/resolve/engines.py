"""Engines: names on the title page, on cards and in shots become choices, or a finding."""

from collections.abc import Iterator

from msgspec import Struct

from duocast.compiler.engines import WORK, Engines, work_of
from duocast.compiler.lower.crew import DEFAULT_ENGINES
from duocast.compiler.resolve.findings import Findings
from duocast.compiler.screenplay import EngineChoice
from duocast.language import Entry, Label, Script, Span, parse_options, replacement

HERO = "hero"
"""What a shot asks for that is to be made by the better engine which the title page names: `engine: hero`."""


class Hiring(Struct, frozen=True, gc=False):
    """The engines that there are, and where to say what is wrong with a choice.

    `hero` is the engine of the film's hero shots, if the title page names one.
    """

    engines: Engines
    findings: Findings
    hero: EngineChoice | None = None

    def for_shot(self, name: str, span: Span) -> EngineChoice | None:
        """The engine that a shot or a camera card asks for; `hero` is that of the title page."""
        if name.lower() != HERO:
            return self.choose(name, span, "animate", "compose")
        if self.hero is None:
            self.findings.error(
                "N0315",
                "no engine is named for hero shots",
                Label(span, "which one makes it?"),
                hint="write it on the title page, as in `Engine: animate ltx, hero veo`",
                fix=replacement(span, DEFAULT_ENGINES["animate"], safe=False),
            )
        elif not self.hero.here:
            self.findings.carry(f"the engine {self.hero.name}", span)
        return self.hero

    def choose(self, name: str, span: Span, *work: str) -> EngineChoice | None:
        """The engine called `name` for one of these kinds of work; an unknown one is a finding."""
        known = self.engines.get(name.lower())
        if known is None:
            able = {key: None for key, engine in self.engines.items() if set(engine.work) & {*work}}
            title = f"there is no engine {name}"
            self.findings.unknown("N0310", title, span, name.lower(), able)
            return None
        fitting = [one for one in work if one in known.work]
        if not fitting:
            self._report_unable(name, span, work, known.work)
            return None
        if not known.here:
            self.findings.carry(f"the engine {known.name}", span)
        return EngineChoice(operation=fitting[0], name=known.name, here=known.here)

    def keep_faces(self, choice: EngineChoice, span: Span) -> None:
        """An engine that goes by words alone knows nobody's face, so it is refused where one may be seen."""
        if choice.operation == "animate" and self.engines[choice.name].faceless:
            self.findings.error(
                "N0314",
                f"the engine {choice.name} can't keep a face",
                Label(span, "it goes by words alone"),
                hint="name it in an insert or an establishing shot, or on the title page for all shots without faces",
                fix=replacement(span, DEFAULT_ENGINES[choice.operation], safe=False),
            )

    def of(self, entry: Entry | None, *work: str) -> EngineChoice | None:
        """The engine that a card's entry names."""
        if entry is None or not entry.values:
            return None
        value = entry.values[0]
        return self.choose(value.text.strip(), value.span, *work)

    def _report_unable(
        self, name: str, span: Span, work: tuple[str, ...], does: tuple[str, ...]
    ) -> None:
        able = [key for key, one in self.engines.items() if one.here and set(one.work) & {*work}]
        self.findings.error(
            "N0311",
            f"the engine {name} does not {' or '.join(work)}",
            Label(span, f"it can only {' and '.join(does)}"),
            hint=f"engines that do: {', '.join(able)}" if able else "leave it out",
            fix=replacement(span, able[0], safe=False) if able else None,
        )


def makes_any_sound(choices: tuple[EngineChoice, ...]) -> bool:
    """Whether the effects are made by an engine that is told in words, and not from the sounds that we know."""
    return any(
        one.operation == "effect" and one.here and one.name != DEFAULT_ENGINES["effect"]
        for one in choices
    )


def read_engines(script: Script, hiring: Hiring) -> tuple[EngineChoice, ...]:
    """`Engine: speak kokoro, animate veo`: one engine for each kind of work."""
    choices: dict[str, tuple[EngineChoice, Span]] = {}
    for text, span in _options(script):
        choice = None if _hero(text) else _read(text, span, hiring)
        if choice is None:
            continue
        before = choices.setdefault(choice.operation, (choice, span))
        if before[1] is not span:
            _report_twice(hiring, choice.operation, span, before[1])
    return tuple(choice for choice, _ in choices.values())


def read_hero(script: Script, hiring: Hiring) -> EngineChoice | None:
    """`Engine: animate ltx, hero veo`: the engine that makes the shots with `engine: hero`."""
    found: tuple[EngineChoice, Span] | None = None
    for text, span in _options(script):
        name = _hero(text)
        if not name:
            continue
        start = len(text) - len(name)
        choice = hiring.choose(name, span.part(start, len(text)), "animate")
        if choice is not None and found is not None:
            _report_twice(hiring, "make the hero shots", span, found[1])
        elif choice is not None:
            found = choice, span
    return found[0] if found else None


def _options(script: Script) -> Iterator[tuple[str, Span]]:
    """What the title page says of engines, each by itself."""
    for entry in script.title_page:
        for value in entry.values if entry.name == "engine" else ():
            for option in parse_options(value):
                yield option.text, option.span


def _hero(text: str) -> str:
    """The engine of `hero veo`; empty for anything else."""
    word, _, rest = text.partition(" ")
    return rest.strip() if word.lower() == HERO else ""


def paints_people(script: Script, hiring: Hiring) -> bool:
    """Whether the title page lets an engine compose that is given people's own pictures, and it can be had."""
    for text, _ in _options(script):
        word, _, rest = text.partition(" ")
        known = hiring.engines.get((rest.strip() or word).lower())
        if known is not None and known.portraitist and work_of(word) in ("compose", None):
            return not _hero(text)
    return False


def _read(text: str, span: Span, hiring: Hiring) -> EngineChoice | None:
    """`speak kokoro`; a name alone is chosen for whatever it can do."""
    word, _, rest = text.partition(" ")
    work, name = work_of(word), rest.strip()
    if not name:
        known = hiring.engines.get(text.lower())
        return hiring.choose(text, span, *(known.work if known else WORK))
    if work is None:
        known_words: dict[str, Span | None] = dict.fromkeys((*WORK, HERO))
        place = span.part(0, len(word))
        title = f"no engine's work is called {word}"
        hint = "write the work and then the engine, as in `Engine: speak kokoro`"
        hiring.findings.unknown("N0313", title, place, word.lower(), known_words, hint=hint)
        return None
    start = len(text) - len(name)
    return hiring.choose(name, span.part(start, len(text)), work)


def _report_twice(hiring: Hiring, work: str, span: Span, before: Span) -> None:
    hiring.findings.error(
        "N0312",
        f"two engines are to {work}",
        Label(span, "this one is not used"),
        Label(before, "chosen here already"),
        hint="name one; a card or a shot can name another for itself",
        fix=hiring.findings.without(span, "leave the second one out"),
    )
