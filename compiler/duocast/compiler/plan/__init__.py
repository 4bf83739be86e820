"""The plan: what would run, why, how long it takes and what is used again, decided before anything is made."""

from duocast.compiler.plan.decide import decide
from duocast.compiler.plan.ledger import Ledger, Past
from duocast.compiler.plan.step import Estimate, Plan, Step
from duocast.compiler.plan.survey import Survey

__all__ = ["Estimate", "Ledger", "Past", "Plan", "Step", "Survey", "decide"]
