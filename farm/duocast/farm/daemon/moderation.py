"""Moderation of submissions: the farm's own policy looks at the words of every task before a job is taken.

Who submits can't loosen it: nothing of a submission says anything about the policy. Given pictures are looked at by the
workers that are given them, and painted ones by those that painted them.
"""

from collections.abc import Iterable, Iterator, Sequence

from duocast.compiler.graph import Operation
from duocast.farm.core.task import Given, Spec
from duocast.farm.daemon.faults import Refusal
from duocast.runtime.moderation import Office, refusals
from duocast.runtime.moderation.people import Piece, people_of
from duocast.runtime.moderation.pieces import all_passages, pictures, told

MOST = 20
"""Findings that an answer lists."""


class Moderator:
    """The farm's policy at work, in the threads of requests. `name` is what users hear of it."""

    def __init__(self, office: Office, name: str) -> None:
        policy = office.policy.model_copy(update={"name": name})
        self._office = Office(policy, office.weights, office.memory)

    @property
    def policy(self) -> str:
        """The name of the policy."""
        return self._office.policy.name

    def check(self, specs: Sequence[Spec]) -> None:
        """Raise `Refusal` for tasks whose words the policy refuses; it lists what was found, and where."""
        office = self._office
        pieces = tuple(pieces_of(specs))
        drawn = not any(
            spec.needs.price or paints(piece) for spec, piece in zip(specs, pieces, strict=True)
        )
        texts = (told(spec.params) for spec in specs)
        suspicious = frozenset(office.judge.suspicious(texts, drawn=drawn))
        if not suspicious:
            return
        passages = [one for one in all_passages(pieces, paints) if one.text in suspicious]
        refused = refusals(office.words(passages, people_of(pieces), drawn=drawn))
        if refused:
            more = f", and {len(refused) - 1} more" if len(refused) > 1 else ""
            found = [{"code": one.code, "title": one.title} for one in refused[:MOST]]
            title = refused[0].title + more
            raise Refusal(422, refused[0].code, title, refused[0].hint, findings=found)


def pieces_of(specs: Iterable[Spec]) -> Iterator[Piece]:
    """The work of a submission."""
    for spec in specs:
        given = (name for name, source in spec.inputs.items() if isinstance(source, Given))
        yield Piece(spec.id, spec.operation, spec.engine, spec.params, frozenset(pictures(given)))


def paints(piece: Piece) -> bool:
    """Whether the task is told a prompt."""
    painting = piece.operation in (Operation.COMPOSE, Operation.ANIMATE)
    return painting and isinstance(piece.params.get("picture"), str)
