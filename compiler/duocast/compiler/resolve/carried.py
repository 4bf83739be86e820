"""What is carried: understood, kept in the screenplay, and not seen or heard yet. It is said once for a film."""

from duocast.compiler.resolve.findings import Findings
from duocast.language import Label


def tell_carried(findings: Findings) -> None:
    """One note about everything that no engine here acts on."""
    if not findings.carried:
        return
    labels = [Label(span, what) for what, span in findings.carried.items()]
    engines = any(what.startswith("the engine ") for what in findings.carried)
    rest = "duocast doctor says what an engine needs" if engines else "nothing needs to be changed"
    findings.note(
        "D0200",
        f"carried, not yet seen: {', '.join(findings.carried)}",
        *labels,
        hint=f"the film is made without it; {rest}",
    )
