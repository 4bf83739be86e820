"""Checks of a whole script: what no single line can tell. Each is a function of the reading and the tree."""

from collections.abc import Callable

from duocast.language.checks.cards import (
    check_cards,
    check_empty,
    check_late_title_page,
    check_title_colons,
)
from duocast.language.checks.emphasis import check_emphasis
from duocast.language.checks.ends import check_line_ends
from duocast.language.checks.headings import check_headings
from duocast.language.checks.letters import check_letters, check_long_lines
from duocast.language.checks.noted import check_notes_in_cues
from duocast.language.checks.parentheses import check_noted_pauses, check_parentheses
from duocast.language.checks.prose import check_prose
from duocast.language.checks.speakers import check_silent_speakers, check_speakers_in_prose
from duocast.language.checks.strays import check_dashes, check_extensions, check_strays
from duocast.language.nodes import Script
from duocast.language.reading import Reading

Check = Callable[[Reading, Script], None]

PASSAGE_CHECKS: tuple[Check, ...] = (
    check_parentheses,
    check_noted_pauses,
    check_emphasis,
    check_strays,
    check_extensions,
    check_dashes,
    check_prose,
    check_headings,
    check_letters,
    check_long_lines,
    check_notes_in_cues,
)
"""What passages tell of themselves. The reading says from where to where they go, the tree has their blocks and the
next one. After an edit only the passages that it touched are checked again."""

CAST_CHECKS: tuple[Check, ...] = (check_silent_speakers, check_speakers_in_prose)
"""What they tell when the cast is known, and the block that follows. After an edit that changes the cast all of them
are checked again, after any other only those around it."""

SCRIPT_CHECKS: tuple[Check, ...] = (
    check_empty,
    check_cards,
    check_late_title_page,
    check_title_colons,
    check_line_ends,
)
"""What only the whole script tells. They run after every edit: they look at cards and the title page, not at all."""
