"""Codes on the command line: `--select N02,D0101 --ignore L`."""

from collections.abc import Iterable
from dataclasses import dataclass

import click

from duocast.language import Diagnostic, nearest
from duocast.language.explain import codes


@dataclass(frozen=True, slots=True)
class Selection:
    """Which findings are wanted: codes, or what codes begin with. Nothing selected means all."""

    selected: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()

    def of(self, diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """The findings that are wanted."""
        return tuple(
            one
            for one in diagnostics
            if (not self.selected or one.code.startswith(self.selected))
            and not (self.ignored and one.code.startswith(self.ignored))
        )


def code_list(
    context: click.Context,  # noqa: ARG001 - click's signature
    parameter: click.Parameter,
    values: tuple[str, ...],
) -> tuple[str, ...]:
    """The codes of an option that may be given several times, each with a list. Raises click.BadParameter."""
    wanted = tuple(code for value in values for code in value.upper().replace(",", " ").split())
    for code in wanted:
        if not any(known.startswith(code) for known in codes()):
            near = nearest(code, codes())
            hint = f"did you mean {near}?" if near else "duocast explain lists them"
            raise click.BadParameter(f"there is no code {code}; {hint}", param=parameter)
    return wanted
