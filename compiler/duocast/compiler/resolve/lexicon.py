"""The lexicon: how words are said, from the lexicon cards."""

from duocast.compiler.resolve.sources import Sources


def resolve_lexicon(sources: Sources) -> tuple[tuple[str, str], ...]:
    """(word, how to say it) pairs; a later card wins."""
    words = {
        entry.key.text: entry.text.strip()
        for card in sources.of("lexicon")
        for entry in card.entries
        if entry.text.strip()
    }
    return tuple(sorted(words.items()))
