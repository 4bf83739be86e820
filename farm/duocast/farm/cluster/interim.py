"""What the local pool reports, as the core's events."""

import dataclasses
from typing import Any

from duocast.farm.core import events, task


def as_core(said: object) -> Any:  # noqa: ANN401 (events of either kind)
    """The event of the core that says the same."""
    if not dataclasses.is_dataclass(said) or isinstance(said, type):
        return said
    fields = {each.name: getattr(said, each.name) for each in dataclasses.fields(said)}
    kind = getattr(events, type(said).__name__)
    known = {"worker": "", "key": "", **fields}
    if "failure" in fields:
        old = fields["failure"]
        known["failure"] = task.Failure(old.kind, old.code, old.message, old.hint, old.detail)
    return kind(**{name: known[name] for name in kind.__struct_fields__ if name in known})
