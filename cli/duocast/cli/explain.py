"""`duocast explain`: what a code means, with an example that is wrong and one that is right."""

import json
import shutil
import textwrap
from typing import Any

import click

from duocast.language.explain import FAMILIES, Page, find
from duocast.language.explain.shelf import begun, nearest_code

WIDEST = 88
_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}
_FIXES = {
    "safe": "duocast check --fix mends it",
    "unsafe": "duocast check --unsafe-fixes mends it; look at the change with --diff",
    "none": "",
}


@click.command()
@click.argument("code", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def command(code: str | None, as_json: bool) -> None:
    """Say what CODE means, as in duocast explain N0204. The beginning of codes (d01) lists those; nothing lists all."""
    if code is None or (find(code) is None and begun(code)):
        found = begun(code or "")
        click.echo(_json([_row(one) for one in found]) if as_json else _list(found))
        return
    one = find(code)
    if one is None:
        near = nearest_code(code)
        hint = f"did you mean {near}?" if near else "duocast explain lists all codes"
        raise click.UsageError(f"there is no code {code}; {hint}")
    click.echo(_json(_whole(one)) if as_json else _page(one))


def _json(data: Any) -> str:  # noqa: ANN401 - JSON
    return json.dumps(data, ensure_ascii=False, indent=2)


def _row(one: Page) -> dict[str, str]:
    return {
        "code": one.code,
        "severity": str(one.severity),
        "title": one.title,
        "fix": one.fix,
    }


def _whole(one: Page) -> dict[str, Any]:
    more = {"text": one.text, "bad": one.bad, "good": one.good, "render": one.render}
    return {**_row(one), **more, "scripts": dict(one.scripts)}


def _width() -> int:
    return min(WIDEST, shutil.get_terminal_size((80, 24)).columns)


def _page(one: Page) -> str:
    severity = click.style(f"{one.severity}[{one.code}]", fg=_COLOURS[one.severity], bold=True)
    paragraphs = "\n\n".join(_filled(part) for part in one.text.split("\n\n"))
    parts = [f"{severity}: {click.style(one.title, bold=True)}", paragraphs]
    if not one.render:
        parts += [_example("Wrong", "red", one.bad), _example("Right", "green", one.good)]
        parts += [_example(name, "blue", text) for name, text in one.scripts]
    else:
        parts.append(_filled("It is found while the film is made, so no example can show it."))
    return "\n\n".join(filter(None, [*parts, _filled(_FIXES[one.fix])]))


def _filled(text: str) -> str:
    width = _width()
    return textwrap.fill(text, width, break_long_words=False, break_on_hyphens=False)


def _example(title: str, colour: str, text: str) -> str:
    return f"{click.style(title, fg=colour)}\n\n{textwrap.indent(text.rstrip(), '    ')}"


def _list(found: tuple[Page, ...]) -> str:
    lines: list[str] = []
    for family, meaning in FAMILIES.items():
        members = [one for one in found if one.code.startswith(family)]
        if members:
            lines += [click.style(f"{family}  {meaning}", bold=True)]
            lines += [f"   {_entry(one)}" for one in members]
            lines.append("")
    return "\n".join([*lines, "Read one with duocast explain CODE"])


def _entry(one: Page) -> str:
    title = textwrap.shorten(one.title, _width() - 10, placeholder="…")
    return f"{click.style(one.code, fg=_COLOURS[one.severity])}  {title}"
