"""Every word of the examples is found in its sound, near where the voice that said it says it was."""

from pathlib import Path

import numpy as np
import pytest
from tests_speech import cache_folder

from duocast.compiler.film import compile_film
from duocast.compiler.graph import Operation
from duocast.compiler.lower import Crew, lower
from duocast.compiler.operations.speak import SpeakParams
from duocast.compiler.reader import MemoryReader
from duocast.language import Source
from duocast.runtime.sound.file import resample
from duocast.runtime.speech.engines import load_kokoro, voice_of
from duocast.runtime.speech.forced import forced
from duocast.runtime.speech.lexicon import bare
from duocast.runtime.speech.reading import read_words
from duocast.runtime.speech.score import score_of
from duocast.runtime.speech.take import make_take
from duocast.runtime.weights import WeightCache

pytestmark = [pytest.mark.slow, pytest.mark.network]

SCRIPTS = Path(__file__).parents[2] / "examples" / "scripts"


def lines_of(script):
    found = compile_film(Source(script.name, script.read_text("utf-8")), MemoryReader({}))
    assert found.screenplay is not None
    for node in lower(found.screenplay, Crew()).nodes:
        if node.operation is Operation.SPEAK:
            yield SpeakParams.from_plain(dict(node.params))


@pytest.mark.parametrize("name", sorted(script.name for script in SCRIPTS.glob("*.[sf]*")))
def test_every_word_is_placed(name):
    model = load_kokoro(WeightCache(cache_folder()))
    off = []
    for params in lines_of(SCRIPTS / name):
        voice = voice_of(params)
        take = make_take(params, model, voice)
        words = [word.text for word in score_of(params).words]
        lexicon = {bare(word).lower(): how for word, how in params.lexicon}
        read = read_words(words, british=voice.accent == "UK", lexicon=lexicon)
        found = forced(resample(take.sound, 48_000, 24_000), read)
        spans = {}
        for phone in found.phones:
            spans[phone.word] = (spans.get(phone.word, (phone.start,))[0], phone.end)
        for index, word in enumerate(take.times.words):
            if word.end > word.start:
                start, end = spans[index]  # every word has a place
                off.append((start - word.start, end - word.end))
    wrong = np.abs(off)
    assert np.median(wrong, axis=0).max() < 0.025
    assert np.percentile(wrong, 90, axis=0).max() < 0.08
