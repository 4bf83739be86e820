"""Bark, by transformers: a voice that reads, laughs and sings; its speakers are presets."""

from typing import Any

import numpy as np

from duocast.runtime.diffusion.loading import source
from duocast.runtime.models.device import Device
from duocast.runtime.models.limits import Limits
from duocast.runtime.models.shelf import Model
from duocast.runtime.speech.signal import Sound
from duocast.runtime.voices.casting import cast_voice
from duocast.runtime.voices.loading import libraries, place, trusted_only
from duocast.runtime.voices.saying import Ask, primary


class BarkVoice:
    """Bark with its reader."""

    def __init__(self, model: Any, processor: Any, torch: Any) -> None:  # noqa: ANN401 -- libraries without types
        self._model = model
        self._processor = processor
        self._torch = torch
        self.rate = int(model.generation_config.sample_rate)

    def say(self, ask: Ask) -> Sound:
        """The words, by the preset of that name or one of the language. Raises `EngineError` V0204."""
        self._torch.manual_seed(ask.seed)
        presets = list(self._processor.available_voice_presets)
        own = [name for name in presets if f"{primary(ask.language)}_speaker" in name]
        inputs = self._processor(
            ask.text, voice_preset=cast_voice("bark", ask.voice, own or presets)
        )
        with self._torch.inference_mode():
            made = self._model.generate(
                **inputs.to(self._model.device), semantic_do_sample=True, coarse_do_sample=True
            )
        return np.asarray(made.float().cpu().numpy(), np.float32).reshape(-1)


def read(model: Model, limits: Limits, device: Device) -> BarkVoice:
    """The model on the device, from safetensors only. Raises `EngineError`: R0020 no library, V0302 a broken model."""
    torch, transformers = libraries(model.engine, "torch", "transformers")
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    kind = place(device, limits)
    dtype = getattr(torch, limits.dtype if kind != "cpu" else "float32")
    where, how = source(model)
    with trusted_only(model.engine):
        processor = transformers.AutoProcessor.from_pretrained(where, **how)
        found = transformers.BarkModel.from_pretrained(
            where, dtype=dtype, use_safetensors=True, **how
        )
    return BarkVoice(found.eval().to(kind), processor, torch)
