"""`portrait`: a character's rig, drawn from words or made from a photograph.

Inputs: `picture` when the card names one. Output: `rig` (a single file: rig.json for a drawn person; rig.npz for
a photograph) and `still` (still.png, the person alone, neutral, on transparent).
"""

from duocast.compiler.value import Value


class PortraitParams(Value):
    """What is known of how a character looks."""

    name: str
    description: str = ""
    wardrobe: str = ""
    seed: int = 0
