"""A rented engine: one of the clouds', known by its terms at once; what it costs and whether it has a key, too."""

from collections.abc import Mapping
from typing import Any

from duocast.compiler.graph import Operation
from duocast.compiler.operations.speak import SpeakParams
from duocast.runtime.clouds.account import Office
from duocast.runtime.clouds.contract import Medium, Order
from duocast.runtime.clouds.terms import KEYS, TERMS, Terms, parts
from duocast.runtime.engine import EngineError
from duocast.runtime.listed import Listed

_REFERENCE = "duocast.runtime.clouds:cloud_engines"
_MEDIA = {
    Operation.SPEAK: Medium.VOICE,
    Operation.COMPOSE: Medium.PICTURE,
    Operation.ANIMATE: Medium.VIDEO,
}


class Rented(Listed):
    """An engine of a cloud; called with an `Office`, it is the one that works there."""

    def __init__(self, terms: Terms, version: str, *arguments: object) -> None:
        super().__init__(terms.operation, terms.provider, version, _REFERENCE, *arguments)
        self.terms = terms
        self.paints = terms.operation in (Operation.COMPOSE, Operation.ANIMATE)
        self.shown = "talk" if terms.talks else "still"
        self._office = next((one for one in arguments if isinstance(one, Office)), None)

    def __call__(self, *arguments: object) -> "Rented":
        """The same engine in this office."""
        return Rented(self.terms, self.version, *arguments)

    def missing(self) -> EngineError | None:
        """Why it can't work here: no calls, no key, no workflow, or settings that are not right."""
        if self._office is None:
            return None
        from duocast.runtime.clouds.pictures import read_workflow

        try:
            account = self._office.account(self.name, "", KEYS[self.name])
            self._office.key(account)
            read_workflow(account, self.operation)
        except EngineError as problem:
            return problem
        return None

    def price(self, params: Mapping[str, Any], seconds: float) -> int:
        """What a task costs by the list, in millionths of a dollar: a line, one picture, or a shot in its parts.

        Raises `EngineError` R0705 for settings that are not right, and for a model that nobody has a price of.
        """
        from duocast.runtime.clouds.faults import no_price
        from duocast.runtime.clouds.prices import NoPrice, price

        office = self._office or Office.nowhere()
        account = office.account(self.name, "", KEYS[self.name])
        paid = sum(parts(seconds, self.terms.lengths)) if self.terms.lengths else 0
        model = account.model(str(self.operation), self.terms.model)
        order = Order(
            name="",
            medium=_MEDIA[self.operation],
            model=model,
            prompt=_said(params, model) if self.operation is Operation.SPEAK else "",
            seconds=paid,
        )
        try:
            return price(self.name, order, account.prices)
        except NoPrice as problem:
            raise no_price(problem) from None


def _said(params: Mapping[str, Any], model: str) -> str:
    """A line as it is sent to a model."""
    from duocast.runtime.clouds.tags import reads_tags, tagged, worded

    line = SpeakParams.from_plain(params)
    return tagged(line) if reads_tags(model) else worded(line)


VERSION = "1"
"""Changes whenever the same request would give other bytes; the model's name is in the order's."""
CLOUDS: tuple[Rented, ...] = tuple(Rented(terms, VERSION) for terms in TERMS)
"""The engines of all clouds, without an office."""


def rented_engines(office: Office) -> tuple[Rented, ...]:
    """The engines of all clouds, in an office."""
    return tuple(each(office) for each in CLOUDS)
