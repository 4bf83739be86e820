"""`duocast farm`: what an operator does with a farm."""

from types import MappingProxyType

import click

from duocast.cli.lazy import Commands, LazyGroup

COMMANDS: Commands = MappingProxyType(
    {
        "up": ("duocast.cli.farm.up", "Start a farm on this machine, or join a Ray cluster."),
        "status": ("duocast.cli.farm.status", "Say whether a farm runs, and what it does."),
        "down": ("duocast.cli.farm.down", "End the farm; its jobs go on when it starts again."),
        "token": ("duocast.cli.farm.token", "Give people tokens, list them, take them back."),
        "users": ("duocast.cli.farm.users", "Who works here, with what share and what credits."),
        "limits": ("duocast.cli.farm.limits", "How many of each licence may be in use at once."),
        "gc": ("duocast.cli.farm.gc", "Clear up the farm's store."),
    }
)


@click.group(
    cls=LazyGroup,
    table=COMMANDS,
    epilog="Start with: duocast farm up && duocast submit film.scene --follow",
)
def command() -> None:
    """A farm makes the films of many users, on this machine or on a cluster.

    It keeps its queue and everything that is finished, whatever is switched off meanwhile.
    """
