"""Checks of a whole script: what no single line can tell. Each is a function of the reading and the tree."""

from collections.abc import Callable

from duocast.language.checks.cards import (
    check_empty,
    check_late_cards,
    check_late_title_page,
    check_twice,
)
from duocast.language.checks.emphasis import check_emphasis
from duocast.language.checks.headings import check_headings
from duocast.language.checks.letters import check_letters, check_long_lines
from duocast.language.checks.parentheses import check_noted_pauses, check_parentheses
from duocast.language.checks.prose import check_prose
from duocast.language.checks.speakers import check_silent_speakers, check_speakers_in_prose
from duocast.language.checks.strays import check_dashes, check_extensions, check_strays
from duocast.language.nodes import Script
from duocast.language.reading import Reading

Check = Callable[[Reading, Script], None]

CHECKS: tuple[Check, ...] = (
    check_empty,
    check_silent_speakers,
    check_speakers_in_prose,
    check_late_cards,
    check_late_title_page,
    check_twice,
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
)
