"""The program: `duocast COMMAND`. Each command's module is imported only when it is called."""

import importlib
from collections.abc import Mapping
from importlib.metadata import version
from types import MappingProxyType

import click

COMMANDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "new": ("duocast.cli.new", "Start a film: a folder with a script that renders as it is."),
        "check": (
            "duocast.cli.check",
            "Say everything that is wrong with a script, and how to mend it.",
        ),
        "fmt": ("duocast.cli.fmt", "Lay out scripts in one way, without touching what they say."),
        "explain": ("duocast.cli.explain", "Say what a code means, with examples."),
        "compile": (
            "duocast.cli.compile",
            "Compile a script: findings, graph and a storyboard of stills.",
        ),
        "stats": (
            "duocast.cli.stats",
            "Count lines, words and minutes by character, scene and place.",
        ),
        "export": (
            "duocast.cli.export",
            "Write the script as Fountain, Final Draft, captions, shot list or JSON.",
        ),
        "import": ("duocast.cli.takein", "Make a .scene of a Final Draft or Fountain file."),
        "plan": ("duocast.cli.plan", "Say what a render would do, why, and how long it takes."),
        "render": ("duocast.cli.render", "Make the film."),
        "why": (
            "duocast.cli.why",
            "Say why a piece of work runs or ran, down to the changed text.",
        ),
        "diff": ("duocast.cli.diff", "Say which shots differ between two versions of a script."),
        "cache": ("duocast.cli.cache", "Look at what is kept of a film: size, proof, clearing up."),
        "graph": ("duocast.cli.graph", "Draw the shot graph as SVG or print it as JSON."),
        "doctor": (
            "duocast.cli.doctor",
            "Say what is ready here, what is missing and how to get it.",
        ),
        "models": ("duocast.cli.models", "List, pull and verify the model files."),
        "verify": ("duocast.cli.verify", "Check a film's signature and what it declares."),
    }
)


class LazyGroup(click.Group):
    """A group whose commands live in modules of their own, so that `--help` and `check` start quickly."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The commands in the order in which a film is made."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """Import a command's module and take its `command`."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        """The commands with their one-line help, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Start with: duocast new my-film && cd my-film && duocast render film.scene",
)
@click.version_option(version("duocast"), prog_name="duocast")
def group() -> None:
    """Duocast, the film compiler: a screenplay in plain text goes in, a finished film comes out."""
