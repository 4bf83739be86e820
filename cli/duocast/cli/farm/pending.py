"""A submission that nobody has answered yet: its name is kept, so that trying again is no second job."""

import json
import uuid
from dataclasses import dataclass
from pathlib import Path

from duocast.cli.project import write_file


@dataclass(frozen=True, slots=True)
class Pending:
    """The unanswered submission of a build folder: one at a time is enough."""

    build: Path

    def name(self, url: str, fingerprint: str) -> str:
        """The name of this submission: the one that it had before, if it is the one that was not answered."""
        kept = self._read()
        if kept.get("url") == url and kept.get("order") == fingerprint and kept.get("name"):
            return str(kept["name"])
        name = uuid.uuid4().hex
        write_file(self._file, json.dumps({"url": url, "order": fingerprint, "name": name}))
        return name

    def answered(self) -> None:
        """The farm has it."""
        self._file.unlink(missing_ok=True)

    @property
    def _file(self) -> Path:
        return self.build / "submission.json"

    def _read(self) -> dict[str, object]:
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}
