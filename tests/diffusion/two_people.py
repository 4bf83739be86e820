"""What a painter is asked for a shot of two people; the right one is told first."""

from duocast.compiler.operations.compose import PaintParams, Person


def two(**changes):
    people = (Person(role="jonas", seat=1), Person(role="mara", seat=0))
    return PaintParams(
        width=320,
        height=180,
        framing="two-shot",
        size="MS",
        people=people,
        subjects=("mara", "jonas"),
        seats=2,
        lens_mm=35,
        picture="Two people.",
        faces=("mara", "jonas"),
    ).replace(**changes)
