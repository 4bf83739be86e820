"""Pocket TTS, by transformers: a small voice that sounds like a recording and needs no graphics card."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.models.device import Device
from duocast.runtime.models.limits import Limits
from duocast.runtime.models.shelf import Model, wrong
from duocast.runtime.sound.file import read_sound, resample
from duocast.runtime.speech.signal import Sound
from duocast.runtime.voices.casting import cast_voice
from duocast.runtime.voices.loading import folder_of, libraries, place, trusted_only
from duocast.runtime.voices.saying import Ask

CODEC = "codec"
"""The folder of the model's codec inside its own."""
_SAID = (
    "short_text_max_words",
    "frames_after_eos_short_text",
    "frames_after_eos",
    "fade_in_duration",
)


class PocketVoice:
    """The model with its reader and its codec. `voices` are the recordings in the model's folder, by name."""

    def __init__(self, model: Any, processor: Any, torch: Any, voices: dict[str, Path]) -> None:  # noqa: ANN401
        self._model = model
        self._processor = processor
        self._torch = torch
        self._voices = voices
        self.rate = int(processor.feature_extractor.sampling_rate)

    def say(self, ask: Ask) -> Sound:
        """The words in the voice of the reference, or of the model's recording of that name. Raises V0204."""
        self._torch.manual_seed(ask.seed)
        samples, rate = read_sound(ask.reference or self._stock(ask.voice))
        sample = resample(samples.mean(axis=1, dtype=np.float32), rate, self.rate)
        inputs = self._processor(
            text=[self._prompt(ask.text)],
            audio=[sample],
            return_tensors="pt",
            sampling_rate=self.rate,
        )
        with self._torch.inference_mode():
            made = self._model.generate(
                **inputs.to(self._model.device), do_sample=True, return_dict_in_generate=True
            )
            sound = self._processor.decode(made.audio_latents[0])
        return np.asarray(sound.float().cpu().numpy(), np.float32).reshape(-1)

    def _prompt(self, text: str) -> str:
        """The text as the model's own template prepares it, behind the place of the voice that is to say it."""
        reader = self._processor
        talk = [{"role": "user", "content": [{"type": "text", "text": text}]}]
        words = reader.apply_chat_template(talk)
        for mark in (reader.audio_prompt_bos_token, reader.audio_token, reader.audio_bos_token):
            words = words.replace(mark, "") if mark else words
        before = f"{reader.audio_prompt_bos_token or ''}{reader.audio_token}"
        return f"{before}{words}{reader.audio_bos_token}"

    def _stock(self, wanted: str) -> Path:
        name = cast_voice("pocket", wanted, list(self._voices))
        if name is None:
            message = "the engine 'pocket' needs a recording to sound like"
            hint = "give the voice's card one: `reference: voices/mara.wav`"
            raise EngineError(FailureClass.INVALID, "V0204", message, hint)
        return self._voices[name]


def read(model: Model, limits: Limits, device: Device) -> PocketVoice:
    """The model on the device, from safetensors only. Raises `EngineError`: R0020 no library, V0302 a broken model."""
    torch, transformers = libraries(model.engine, "torch", "transformers")
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    folder, kind = folder_of(model), place(device, limits)
    if not (folder / CODEC / "config.json").is_file():
        raise wrong(
            f"the model of {model.engine!r} has no codec",
            f"put it into {CODEC} inside the model's folder",
        )
    how = {"dtype": torch.float32, "use_safetensors": True, "local_files_only": True}
    with trusted_only(model.engine):
        codec = transformers.PocketTTSAudioTokenizerModel.from_pretrained(folder / CODEC, **how)
        processor = _processor(transformers, folder, codec.eval().to(kind))
        found = getattr(transformers, limits.pipeline).from_pretrained(folder, **how)
    voices = {file.stem: file for file in sorted((folder / "voices").glob("*.wav"))}
    return PocketVoice(found.eval().to(kind), processor, torch, voices)


def _processor(transformers: Any, folder: Path, codec: Any) -> Any:  # noqa: ANN401 -- as above
    """The reader with this codec. Its own loading would look for the codec on the hub, at no particular revision."""
    how = {"local_files_only": True}
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder, **how)
    extractor = transformers.PocketTTSFeatureExtractor.from_pretrained(folder, **how)
    template = folder / "chat_template.jinja"
    told = json.loads((folder / "processor_config.json").read_bytes())
    return transformers.PocketTTSProcessor(
        extractor,
        tokenizer,
        audio_tokenizer=codec,
        chat_template=template.read_text("utf-8")
        if template.is_file()
        else tokenizer.chat_template,
        **{name: told[name] for name in _SAID if name in told},
    )
