"""What is remembered of a film between two commands: its identity and the ledger of its last render.

Both stand in the build folder, can be deleted at any time, and are written beside their place and renamed.
"""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import msgspec

from duocast.compiler.identity import Identity, Settled, settle
from duocast.compiler.identity.kept import VERSION as IDENTITY_VERSION
from duocast.compiler.plan import Ledger
from duocast.compiler.plan.ledger import VERSION as LEDGER_VERSION
from duocast.compiler.screenplay import Screenplay
from duocast.compiler.value import WrongValue

IDENTITY = "identity.json"
LEDGERS = "ledger"
ALIKE = 0.5
"""Share of its lines that a script of another name has in common with a forgotten one to be the same film."""


@dataclass(frozen=True, slots=True)
class Memory:
    """The memory of the film of one script, in a build folder."""

    build: Path
    script: str

    def identity(self, screenplay: Screenplay | None = None) -> Identity:
        """What is kept of the film; of a script that was renamed, what is kept under its old name."""
        films = self._films()
        found = films.get(self.script)
        if found is None and screenplay is not None:
            found = self._renamed(films, screenplay)
        return found if found is not None and found.version == IDENTITY_VERSION else Identity()

    def settled(self, screenplay: Screenplay) -> Settled:
        """The film with the names and seeds that are remembered of it."""
        return settle(screenplay, self.identity(screenplay))

    def keep_identity(self, identity: Identity) -> None:
        """Remember it for the next time."""
        films = self._films()
        if films.get(self.script) != identity:
            films = {
                name: film
                for name, film in films.items()
                if (self.build.parent / name).is_file() or name == self.script
            }
            _write(self.build / IDENTITY, msgspec.json.encode({**films, self.script: identity}))

    def ledger(self) -> Ledger:
        """The ledger of the film's last render."""
        try:
            found = Ledger.from_json(self._ledger.read_bytes())
        except (OSError, WrongValue):
            return Ledger()
        return found if found.version == LEDGER_VERSION else Ledger()

    def keep_ledger(self, ledger: Ledger) -> None:
        """Remember it for the next time."""
        _write(self._ledger, ledger.to_json())

    @property
    def _ledger(self) -> Path:
        return self.build / LEDGERS / f"{self.script}.json"

    def _films(self) -> dict[str, Identity]:
        try:
            content = (self.build / IDENTITY).read_bytes()
            return msgspec.json.decode(content, type=dict[str, Identity])
        except (OSError, WrongValue):
            return {}

    def _renamed(self, films: dict[str, Identity], screenplay: Screenplay) -> Identity | None:
        """The film whose script is gone and that says the same."""
        lines = {line.id for scene in screenplay.scenes for line in scene.lines}
        scored = [
            (len(lines & _lines(film)) / max(1, len(lines)), name)
            for name, film in sorted(films.items())
            if not (self.build.parent / name).is_file()
        ]
        best = max(scored, default=(0.0, ""))
        return films[best[1]] if best[0] >= ALIKE else None


def named(build: Path, script: str, screenplay: Screenplay) -> Screenplay:
    """The film with the names and seeds that its build folder remembers; as it is where nothing is remembered."""
    if not (build / IDENTITY).is_file():
        return screenplay
    return Memory(build, script).settled(screenplay).screenplay


def _lines(film: Identity) -> set[str]:
    return {line.fresh for scene in film.scenes for line in scene.lines}


def _write(path: Path, content: bytes) -> None:
    """Put a file at its place in one step. A memory that can't be written is forgotten, and costs only time."""
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".duocast-")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).replace(path)
    except OSError:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
