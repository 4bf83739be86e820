"""Engines: names on the title page, on cards and in shots become choices, or a finding."""

from msgspec import Struct

from duocast.compiler.engines import WORK, Engines, work_of
from duocast.compiler.lower.crew import DEFAULT_ENGINES
from duocast.compiler.resolve.findings import Findings
from duocast.compiler.screenplay import EngineChoice
from duocast.language import Entry, Label, Script, Span, parse_options, replacement


class Hiring(Struct, frozen=True, gc=False):
    """The engines that there are, and where to say what is wrong with a choice."""

    engines: Engines
    findings: Findings

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
    for entry in script.title_page:
        for value in entry.values if entry.name == "engine" else ():
            for option in parse_options(value):
                choice = _read(option.text, option.span, hiring)
                if choice is None:
                    continue
                before = choices.setdefault(choice.operation, (choice, option.span))
                if before[1] is not option.span:
                    _report_twice(hiring, choice, option.span, before[1])
    return tuple(choice for choice, _ in choices.values())


def paints_stills(script: Script, hiring: Hiring) -> bool:
    """Whether the title page lets another engine than the ordinary one compose, and it can be had."""
    entries = [entry for entry in script.title_page if entry.name == "engine"]
    options = [
        option for entry in entries for value in entry.values for option in parse_options(value)
    ]
    for option in options:
        word, _, rest = option.text.partition(" ")
        known = hiring.engines.get((rest.strip() or word).lower())
        composes = known is not None and known.here and "compose" in known.work
        if composes and work_of(word) in ("compose", None):
            return known is not None and known.name != DEFAULT_ENGINES["compose"]
    return False


def _read(text: str, span: Span, hiring: Hiring) -> EngineChoice | None:
    """`speak kokoro`; a name alone is chosen for whatever it can do."""
    word, _, rest = text.partition(" ")
    work, name = work_of(word), rest.strip()
    if not name:
        known = hiring.engines.get(text.lower())
        return hiring.choose(text, span, *(known.work if known else WORK))
    if work is None:
        known_words: dict[str, Span | None] = dict.fromkeys(WORK)
        place = span.part(0, len(word))
        title = f"no engine's work is called {word}"
        hint = "write the work and then the engine, as in `Engine: speak kokoro`"
        hiring.findings.unknown("N0313", title, place, word.lower(), known_words, hint=hint)
        return None
    start = len(text) - len(name)
    return hiring.choose(name, span.part(start, len(text)), work)


def _report_twice(hiring: Hiring, choice: EngineChoice, span: Span, before: Span) -> None:
    hiring.findings.error(
        "N0312",
        f"two engines are to {choice.operation}",
        Label(span, "this one is not used"),
        Label(before, "chosen here already"),
        hint="name one; a card or a shot can name another for itself",
        fix=hiring.findings.without(span, "leave the second one out"),
    )
