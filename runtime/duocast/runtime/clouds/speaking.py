"""The engines of `speak` that a cloud answers for: a line is sent, a take as our own comes of the sound."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from duocast.compiler.operations.speak import SpeakParams
from duocast.runtime.clouds.casting import Kind, voice_for
from duocast.runtime.clouds.contract import Medium, Order
from duocast.runtime.clouds.desk import Desk
from duocast.runtime.clouds.faults import no_settings
from duocast.runtime.clouds.hearing import RATE, heard, line_of
from duocast.runtime.clouds.looking import voice_check
from duocast.runtime.clouds.tags import reads_tags, tagged, untagged, words_only
from duocast.runtime.engine import Request
from duocast.runtime.listed import Listed
from duocast.runtime.speech.engines import write_sound

SENT_RATE = 24_000


class CloudVoice:
    """Outputs as `duocast.compiler.operations.speak` says. `longest` characters go in one order."""

    def __init__(self, entry: Listed, desk: Desk, voices: Mapping[Kind, str], longest: int) -> None:
        self.name = entry.name
        self.version = entry.version
        self.operation = entry.operation
        self._desk = desk
        self._voices = voices
        self._longest = longest

    def run(self, request: Request) -> Mapping[str, Path]:
        """`sound` and `times` of one line. Raises `EngineError` R0701 to R0709."""
        params, account = SpeakParams.from_plain(request.params), self._desk.account()
        if not line_of(params):
            raise no_settings(f"{self.name} can't say a line without words", "use another engine")
        model = self._desk.model(account)
        text = tagged(params) if reads_tags(model) else line_of(params)
        if len(text) > self._longest:
            what = f"a line of {len(text)} characters is longer than {self.name} takes"
            raise no_settings(what, f"split it: {self._longest} is the most")
        order = Order(
            name=self._desk.name(request, account),
            medium=Medium.VOICE,
            model=model,
            prompt=text,
            seed=params.seed,
            voice=voice_for(params.voice, account, self._voices),
            language=params.voice.language,
            pace=params.voice.pace,
        )
        with self._desk.opened(account, request) as cloud:
            check = voice_check(len(line_of(params)), SENT_RATE)
            made = cloud.make(order, self._desk.purpose(account, request), check)
        content = made.file.read_bytes()
        samples = np.frombuffer(content[: len(content) // 2 * 2], "<i2").astype(np.float32)
        notes = dict(made.notes)
        if reads_tags(model):
            params = untagged(params)
            notes["alignment"] = words_only(notes.get("alignment") or {})
        sound, times = heard(params, samples / np.float32(32768), notes)
        outputs = {"sound": request.folder / "take.wav", "times": request.folder / "times.json"}
        write_sound(outputs["sound"], sound, RATE)
        outputs["times"].write_bytes(times.to_json())
        return outputs
