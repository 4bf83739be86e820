"""A revision: a script and the files that it uses as they were in a commit of the project's Git repository."""

import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import click

from duocast.cli.project import decode
from duocast.compiler.reader import State, leads_out
from duocast.language import Source


@dataclass(frozen=True, slots=True)
class GitReader:
    """The files of a folder in a commit. Pictures and sounds that it does not have are taken as they are now."""

    folder: Path
    commit: str
    known: dict[str, bytes | None] = field(default_factory=dict)

    def content(self, path: str) -> bytes | None:
        """The bytes of a file in the commit."""
        if path not in self.known:
            found = subprocess.run(
                ["git", "show", f"{self.commit}:./{path}"],
                cwd=self.folder,
                capture_output=True,
                check=False,
            )
            self.known[path] = found.stdout if found.returncode == 0 else None
        return self.known[path]

    def state(self, path: str) -> State:
        """What is at `path`."""
        if leads_out(path):
            return "outside"
        content = self.content(path)
        if content is None:
            return "file" if (self.folder / path).is_file() else "missing"
        return "file" if content else "empty"

    def text(self, path: str) -> str:
        """The text of a file."""
        content = self.content(path)
        return decode(content if content is not None else (self.folder / path).read_bytes())


def revision(script: Path, commit: str) -> tuple[Source, GitReader]:
    """The script in a commit. Raises `click.UsageError` where Git knows neither."""
    folder = script.resolve().parent
    reader = GitReader(folder, commit)
    try:
        content = reader.content(script.name)
    except FileNotFoundError:
        raise click.UsageError("git is not installed; name two files instead") from None
    if content is None:
        known = subprocess.run(
            ["git", "rev-parse", "--verify", "--quiet", f"{commit}^{{commit}}"],
            cwd=folder,
            capture_output=True,
            check=False,
        )
        what = (
            f"{script.name} is not in {commit}"
            if known.returncode == 0
            else f"{commit} is no revision"
        )
        raise click.UsageError(f"{what}; name a commit, a tag or a file")
    return Source(str(script), decode(content)), reader
