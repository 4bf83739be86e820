"""Film lint: what can be filmed and is better not, scene by scene, at the times that the film will probably have."""

from collections.abc import Callable

from duocast.compiler.lint.cuts import lint_arrival, lint_jump_cuts
from duocast.compiler.lint.lengths import lint_lengths
from duocast.compiler.lint.looks import lint_looks
from duocast.compiler.lint.people import lint_seats, lint_silence
from duocast.compiler.lint.reading import lint_reading
from duocast.compiler.lint.rehearsed import Rehearsed
from duocast.compiler.lint.speeches import lint_speeches

__all__ = ["LINTS", "Rehearsed", "lint"]

Lint = Callable[[Rehearsed], None]

LINTS: tuple[Lint, ...] = (
    lint_jump_cuts,
    lint_arrival,
    lint_lengths,
    lint_reading,
    lint_speeches,
    lint_looks,
    lint_silence,
    lint_seats,
)


def lint(scene: Rehearsed) -> None:
    """Look at one scene as it will be seen; what is found goes to the scene's findings."""
    for one in LINTS:
        one(scene)
