"""The program: `duocast COMMAND`. Each command's module is imported only when it is called."""

from importlib.metadata import version
from types import MappingProxyType

import click

from duocast.cli.lazy import Commands, LazyGroup

COMMANDS: Commands = MappingProxyType(
    {
        "new": ("duocast.cli.new", "Start a film: a folder with a script that renders as it is."),
        "generate": ("duocast.cli.generate", "Write a script for an idea, ready to be changed."),
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
        "moderate": (
            "duocast.cli.moderate",
            "Say what the policy of moderation finds in a script, line by line.",
        ),
        "credits": ("duocast.cli.credits", "Say what clouds have taken, and what is reserved."),
        "graph": ("duocast.cli.graph", "Draw the shot graph as SVG or print it as JSON."),
        "doctor": (
            "duocast.cli.doctor",
            "Say what is ready here, what is missing and how to get it.",
        ),
        "models": ("duocast.cli.models", "List, pull and verify the model files."),
        "verify": ("duocast.cli.verify", "Check a film's signature and what it declares."),
        "farm": (
            "duocast.cli.farm.group",
            "Start, look after and end a farm: films by many users, on many machines.",
        ),
        "submit": ("duocast.cli.farm.submit", "Compile a film here and have a farm make it."),
        "jobs": ("duocast.cli.farm.jobs", "List the farm's jobs: how far, how long, and why."),
        "watch": ("duocast.cli.farm.watch", "Follow a job on the farm."),
        "logs": ("duocast.cli.farm.logs", "Say what happened in a job, or in one of its tasks."),
        "cancel": ("duocast.cli.farm.acting:cancel", "End a job, or some of its tasks."),
        "pause": ("duocast.cli.farm.acting:pause", "Start nothing more of a job for now."),
        "resume": ("duocast.cli.farm.acting:resume", "Go on with a paused job."),
        "retry": ("duocast.cli.farm.acting:retry", "Try what failed in a job once more."),
        "skip": ("duocast.cli.farm.acting:skip", "Go on with a job without some of its tasks."),
        "nodes": ("duocast.cli.farm.nodes", "List the farm's machines and what they do."),
        "drain": ("duocast.cli.farm.nodes:drain", "Start nothing more on a machine of the farm."),
        "fetch": ("duocast.cli.farm.fetch", "Take a finished film home from the farm."),
    }
)


@click.group(
    cls=LazyGroup,
    table=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Start with: duocast new my-film && cd my-film && duocast render film.scene",
)
@click.version_option(version("duocast"), prog_name="duocast")
@click.option(
    "--debug",
    is_flag=True,
    expose_value=False,
    help="Show where the program itself breaks; DUOCAST_DEBUG=1 is the same.",
)
def group() -> None:
    """Duocast, the film compiler: a screenplay in plain text goes in, a finished film comes out."""
