"""The arguments and options that several commands share, said once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Decorated = Callable[..., Any]

script_argument = click.argument("script", type=click.Path(path_type=Path))
lenient_option = click.option(
    "--lenient", is_flag=True, help="Give every unknown name a default, as for a .fountain file."
)
jobs_option = click.option(
    "--jobs",
    "-j",
    type=click.IntRange(1, 256),
    help="Tasks at once; default: one for each processor.",
)
result_option = click.option(
    "--json", "as_data", is_flag=True, help="Print one JSON object about the result."
)


def out_option(what: str) -> Callable[[Decorated], Decorated]:
    """`--out`, a folder for `what`."""
    return click.option(
        "--out",
        "-o",
        type=click.Path(path_type=Path),
        help=f"Folder for the {what}; default: out/NAME beside the script.",
    )


def farm_options(function: Decorated) -> Decorated:
    """`--farm` and `--token`: which farm, and who asks."""
    url = click.option(
        "--farm",
        "url",
        metavar="URL",
        help="The farm; default: DUOCAST_FARM, or the one that `farm up` wrote down.",
    )
    token = click.option(
        "--token",
        metavar="TOKEN",
        help="Your token; better in DUOCAST_FARM_TOKEN, where nobody else of this machine sees it.",
    )
    decorated: Decorated = url(token(function))
    return decorated
