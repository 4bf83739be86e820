"""What was learnt of a film by making it, at home or on a farm, for the plans that come after."""

from collections.abc import Mapping

from duocast.cli.prepared import Prepared
from duocast.compiler.graph import ShotGraph
from duocast.compiler.plan import Ledger, Survey
from duocast.compiler.plan.decide import needed
from duocast.farm.outcome import Outcome, Result
from duocast.farm.planning import entries


def learn(
    prepared: Prepared,
    graph: ShotGraph,
    before: Survey,
    after: Survey,
    ledger: Ledger,
    results: Mapping[str, Result],
) -> None:
    """Write down what was made, unless a file has changed meanwhile and nobody knows what it was made from.

    `before` and `after` are what was known of this machine then and is now, `ledger` that of the render before.
    """
    if not results or after.assets != before.assets:
        return
    news = list(entries(graph, Outcome(results, 0.0, None), before))
    wanted = frozenset(node.address for node in needed(graph, None))
    if not prepared.whole or prepared.wishes.selectors or len(news) < len(wanted):
        wanted |= {past.address for past in ledger.nodes}
        prepared.memory.keep_ledger(ledger.merged(news, wanted))
    elif Ledger(nodes=tuple(news)) != ledger:
        prepared.memory.keep_ledger(Ledger(nodes=tuple(news)))
