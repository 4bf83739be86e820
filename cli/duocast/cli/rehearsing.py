"""Rehearsing from the command line: the film's probable timeline, with the default crew."""

from duocast.compiler.lower import Crew, lower
from duocast.compiler.rehearsal import Rehearsal, rehearse
from duocast.compiler.screenplay import Screenplay


def rehearsed(screenplay: Screenplay) -> Rehearsal:
    """The film as it will probably be timed."""
    return rehearse(lower(screenplay, Crew()))
