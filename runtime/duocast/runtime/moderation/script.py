"""The passages of a script: all that is spoken or shown, with its place in the file; notes are not made into film."""

from collections.abc import Iterable, Iterator

from duocast.language import Source, Span, parse
from duocast.language import nodes as syntax
from duocast.runtime.moderation.passage import Passage
from duocast.runtime.moderation.people import People, role_id, under_age
from duocast.runtime.moderation.policy import Scope


def script_passages(source: Source) -> tuple[Passage, ...]:
    """The passages of one file, in its order."""
    script = parse(source).script
    return tuple(_passages(script, source.text))


def script_people(sources: Iterable[Source]) -> People:
    """Who is under age by the cards."""
    cards = (card for source in sources for card in parse(source).script.cards)
    young = {
        role_id(card.name.text)
        for card in cards
        if card.kind == "character" and any(under_age(entry.plain) for entry in _looks(card))
    }
    return People(frozenset(young))


def _looks(card: syntax.Card) -> Iterator[syntax.Entry]:
    return (entry for entry in card.entries if entry.name in ("description", "age", "look"))


def _passages(script: syntax.Script, text: str) -> Iterator[Passage]:
    for entry in script.title_page:
        yield from _passage(entry.plain, "seen", f"the title page's {entry.name}", entry.span)
    for block in script.blocks:
        match block:
            case syntax.Card():
                yield from _card(block)
            case syntax.Speech():
                yield from _speech(block, text)
            case syntax.Action():
                written = _with_directions(block.content, text)
                yield from _passage(written, "seen", "the action", block.span)
            case syntax.SceneHeading():
                named = " ".join([block.place.text, *(part.text for part in block.rest)])
                yield from _passage(named, "seen", "the heading", block.span)
            case syntax.Centred():
                yield from _passage(block.text, "seen", "a title", block.span)
            case syntax.Lyric():
                yield from _passage(block.text, "said", "a lyric", block.span)
            case syntax.DirectionLine() | syntax.CueLine():
                yield from _passage(_slice(block.span, text), "seen", "a direction", block.span)


def _card(card: syntax.Card) -> Iterator[Passage]:
    character = card.kind == "character"
    people = frozenset({role_id(card.name.text)}) if character else frozenset[str]()
    label = f"the {card.kind} {card.name.text}"
    for entry in card.entries:
        yield from _passage(entry.plain, "seen", label, entry.span, people)


def _speech(speech: syntax.Speech, text: str) -> Iterator[Passage]:
    people = frozenset({role_id(speech.name.text)})
    name = speech.name.text
    yield from _passage(speech.text, "said", f"what {name} says", speech.span, people)
    notes = [note.text for note in speech.notes]
    notes += [part.text for part in speech.content if isinstance(part, syntax.ActingNote)]
    others = (
        part for part in speech.content if not isinstance(part, syntax.Words | syntax.ActingNote)
    )
    notes += [_slice(part.span, text) for part in others]
    yield from _passage(". ".join(notes), "seen", f"how {name} says it", speech.span, people)


def _with_directions(content: Iterable[syntax.Inline], text: str) -> str:
    parts = (
        part.text
        if isinstance(part, syntax.Words)
        else f" {part.text if isinstance(part, syntax.ActingNote) else _slice(part.span, text)} "
        for part in content
    )
    return "".join(parts).strip()


def _slice(span: Span, text: str) -> str:
    return text[span.start : span.end]


def _passage(
    words: str, scope: Scope, label: str, span: Span, people: frozenset[str] = frozenset()
) -> Iterator[Passage]:
    if words.strip():
        yield Passage(words, scope, label, span, people)
