"""A plan on the terminal: what is certain with its reasons, and under it what may follow from it."""

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.tree import Tree

from duocast.cli.board import clock
from duocast.compiler.plan.step import Estimate, Plan, Reason, Step, Where, describe
from duocast.runtime.clouds.prices import dollars

ROOTS = 12
"""Steps that are named, unless all are asked for."""
BRANCHES = 8
MARKS = {
    "run": "[bold green]●[/]",
    "maybe": "[yellow]○[/]",
    "twin": "[dim]=[/]",
    "refused": "[bold red]✗[/]",
}


def show_plan(plan: Plan, console: Console, *, everything: bool) -> None:
    """Print a plan."""
    if plan.current:
        console.print(
            f"[bold green]nothing to do[/]: all {len(plan.reused)} pieces of work are finished",
            highlight=False,
        )
        return
    roots = [step for step in plan.steps if _is_root(step)]
    followers = _followers(plan)
    shown = roots if everything else roots[:ROOTS]
    for step in shown:
        console.print(_tree(step, followers.get(step.address, ()), everything=everything))
    if len(roots) > len(shown):
        console.print(f"[dim]and {len(roots) - len(shown)} more; --all names them[/]")
    console.print(_table(plan))
    console.print(_total(plan), highlight=False)


def _is_root(step: Step) -> bool:
    """Whether nothing else has to be done first."""
    return step.state in ("run", "refused") or (step.state == "maybe" and not step.causes)


def _tree(step: Step, followers: Sequence[Step], *, everything: bool) -> Tree:
    tree = Tree(_line(step), guide_style="dim")
    reasons = [reason for reason in step.reasons if reason.kind != "remade"]
    for text in _reason_lines(reasons, step.where):
        tree.add(text)
    shown = followers if everything else followers[:BRANCHES]
    for follower in shown:
        tree.add(f"{_line(follower)}{_own(follower)}")
    if len(followers) > len(shown):
        rest = Counter(one.operation for one in followers[len(shown) :])
        told = ", ".join(f"{count} {name}" for name, count in rest.items())
        tree.add(f"[dim]and {told}[/]")
    return tree


def _line(step: Step) -> str:
    seconds = f" [dim]{_seconds(step.seconds)}[/]" if step.seconds.p90 else ""
    return f"{MARKS[step.state]} {escape(step.address)}{seconds}"


def _own(step: Step) -> str:
    """What moved in a step that may run anyway because of another."""
    own = [describe(reason) for reason in step.reasons if reason.kind not in ("remade", "new")]
    return f" [dim]{escape('; '.join(own))}[/]" if own else ""


def _reason_lines(reasons: Sequence[Reason], where: Where | None) -> Iterator[str]:
    for reason in reasons:
        yield f"[cyan]{escape(describe(reason))}[/]"
    if where is not None:
        place = f"{where.path}:{where.line}:{where.column}"
        yield f"[dim]{escape(place)}[/] {escape(where.words)}"


def _followers(plan: Plan) -> dict[str, list[Step]]:
    """What may run because of each certain step; each is told once, under the first that it waits for."""
    root: dict[str, str] = {s.address: s.address for s in plan.steps if _is_root(s)}
    found: dict[str, list[Step]] = {}
    for step in plan.steps:
        if step.state == "maybe" and not _is_root(step):
            cause = next((root[a] for a in step.causes if a in root), None)
            if cause is not None:
                root[step.address] = cause
                found.setdefault(cause, []).append(step)
    return found


def _table(plan: Plan) -> Table:
    """Counts and seconds by the work that is done."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("work")
    for column in ("runs", "then", "maybe", "seconds"):
        table.add_column(column, justify="right")
    for name in dict.fromkeys(step.operation for step in plan.steps):
        those = [step for step in plan.steps if step.operation == name]
        counts = Counter("new" if s.state == "maybe" and _is_new(s) else s.state for s in those)
        half, most = (sum(getattr(s.seconds, p) for s in those) for p in ("p50", "p90"))
        table.add_row(
            name,
            str(counts["run"] or ""),
            str(counts["new"] or ""),
            str(counts["maybe"] or ""),
            _seconds(Estimate(p50=half, p90=most)) if most else "",
        )
    return table


def _total(plan: Plan) -> str:
    runs, may = len(plan.of("run")), len(plan.of("maybe"))
    new = sum(step.state == "maybe" and _is_new(step) for step in plan.steps)
    after = f", then {new} new ones" if new else ""
    parts = [f"[bold]{runs}[/] to run{after}, {may - new} maybe, {len(plan.reused)} used again"]
    if refused := len(plan.of("refused")):
        parts.append(f"[bold red]{refused} can't be made[/]")
    if plan.least.p90 < plan.total.p90 and may:
        parts.append(f"from {clock(plan.least.p50)}")
    parts.append(f"{_seconds(plan.total)} on {plan.jobs} at once")
    parts.append(f"costs up to {dollars(plan.money)} dollars" if plan.money else "costs nothing")
    return "; ".join(parts)


def _is_new(step: Step) -> bool:
    """Whether nothing of this name was ever made: then it hardly comes out as something that is there."""
    return any(reason.kind == "new" for reason in step.reasons)


def _seconds(estimate: Estimate) -> str:
    if estimate.p90 < 10:
        return f"{estimate.p50:.1f}–{estimate.p90:.1f} s"
    return f"{clock(estimate.p50)} – {clock(estimate.p90)}"
