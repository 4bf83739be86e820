"""What a voice costs: processor seconds to start it, and for every second of sound, the model's own share apart.

    OMP_NUM_THREADS=1 python benchmarks/speech.py [--engine kokoro|draft] [--lines N]

One thread; model files must be here already (`duocast models pull`).
"""

import argparse
import time
from pathlib import Path
from typing import Any

from duocast.compiler.operations.speak import SpeakParams, VoiceSpec, Words
from duocast.compiler.voices import find_voice
from duocast.runtime.speech.engines import load_draft, load_kokoro
from duocast.runtime.speech.reading import read_words
from duocast.runtime.speech.take import make_take
from duocast.runtime.weights import WeightCache

VOICE = "slate"
LINES = (
    "You kept it. All these years, and you never told me.",
    "Let it ring.",
    "It is three times faster than the old one; nobody believed me, of course.",
    "Why would anybody drive four hundred miles in the snow for a cup of tea?",
    "The first thing I remember is the smell of rain on the road, and my mother calling my name.",
    "Every single morning, at seven, he walks down to the harbour and counts the boats.",
)
MODELS = Path.home() / ".cache" / "duocast" / "models"


class Timed:
    """A session that adds up what its runs cost."""

    def __init__(self, session: Any) -> None:  # noqa: ANN401 - the library has no types
        self._session = session
        self.seconds = 0.0

    def run(self, *arguments: object) -> Any:  # noqa: ANN401 - as above
        """What the session gives."""
        began = time.process_time()
        found = self._session.run(*arguments)
        self.seconds += time.process_time() - began
        return found


def main() -> None:
    """Load, warm up, say the lines and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=("kokoro", "draft"), default="kokoro")
    parser.add_argument("--lines", type=int, default=len(LINES))
    asked = parser.parse_args()
    began = time.process_time()
    model: Any = (load_kokoro if asked.engine == "kokoro" else load_draft)(WeightCache(MODELS))
    loaded = time.process_time()
    read_words(["hello"], british=False)
    print(
        f"{asked.engine}: load {loaded - began:.2f} s of processor, reader {time.process_time() - loaded:.2f} s"
    )
    model._session = timed = Timed(model._session)  # a gauge on the model, here only
    voice = find_voice(VOICE)
    assert voice is not None
    spent = sound = 0.0
    for text in LINES[: asked.lines]:
        began = time.process_time()
        params = SpeakParams(voice=VoiceSpec(id=VOICE), segments=(Words(text=text),))
        sound += make_take(params, model, voice).times.seconds
        spent += time.process_time() - began
    rest = spent - timed.seconds
    print(f"  {sound:.1f} s of sound in {spent:.1f} s: {spent / sound:.3f} for a second of sound")
    print(f"  of that the model {timed.seconds / sound:.3f}, all else {rest / sound:.3f}")


if __name__ == "__main__":
    main()
