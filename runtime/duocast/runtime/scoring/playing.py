"""Playing: how each sound model is asked for one piece. A piece is samples x channels at the model's own rate."""

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from duocast.runtime.models.device import generator
from duocast.runtime.models.warm import Loaded
from duocast.runtime.scoring.limits import SoundLimits
from duocast.runtime.sound.loudness import Floats

INSTRUMENTAL = "[Instrumental]"
"""What stands for the words of a song without words."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One piece: words, what is not wanted, length, chance, and for music tempo, beats in a bar and lyrics.

    `before` is what it goes on from, samples x channels at the model's rate.
    """

    prompt: str
    unwanted: str
    seconds: float
    seed: int
    bpm: int = 0
    beats: int = 4
    lyrics: str = ""
    before: Floats | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """What came out: samples x channels, and their rate."""

    samples: Floats
    rate: int


Player = Callable[[Loaded, Ask, SoundLimits], Piece]


def stable_audio(pipeline: Loaded, ask: Ask, limits: SoundLimits) -> Piece:
    """Stable Audio: at most as long as its transformer's window."""
    vae = pipeline.vae
    window = pipeline.transformer.config.sample_size * vae.hop_length / vae.config.sampling_rate
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torchsde tells of every time that rounding moves
        made = pipeline(audio_end_in_s=min(ask.seconds, window), **_common(ask, limits))
    return _piece(made.audios[0].T, vae.config.sampling_rate)


def ace_step(pipeline: Loaded, ask: Ask, limits: SoundLimits) -> Piece:
    """ACE-Step: words, tempo, beats and lyrics."""
    pipeline.vae.use_tiling = True
    made = pipeline(
        prompt=ask.prompt,
        lyrics=ask.lyrics or INSTRUMENTAL,
        audio_duration=ask.seconds,
        bpm=ask.bpm or None,
        timesignature=str(ask.beats),
        num_inference_steps=limits.steps,
        guidance_scale=limits.guidance,
        generator=generator(ask.seed),
        output_type="np",
    )
    return _piece(made.audios[0].T, pipeline.sample_rate)


def audioldm2(pipeline: Loaded, ask: Ask, limits: SoundLimits) -> Piece:
    """AudioLDM 2: one channel."""
    made = pipeline(audio_length_in_s=ask.seconds, **_common(ask, limits))
    rate = pipeline.vocoder.config.sampling_rate
    return _piece(np.asarray(made.audios[0])[:, np.newaxis], rate)


def musicgen(loaded: Loaded, ask: Ask, limits: SoundLimits) -> Piece:
    """MusicGen, which can go on from a piece: then that comes first in what it makes."""
    import torch

    model, sound = loaded.model, loaded.model.config.audio_encoder
    words = loaded.tokenizer([ask.prompt], return_tensors="pt", padding=True).to(loaded.device)
    told: dict[str, Any] = dict(words)
    if ask.before is not None:
        wave = torch.from_numpy(np.ascontiguousarray(ask.before.T))[np.newaxis]
        told["input_values"] = wave.to(loaded.device, model.dtype)
    codes = round(ask.seconds * sound.frame_rate) + model.decoder.num_codebooks
    with torch.random.fork_rng():
        torch.manual_seed(ask.seed)
        made = model.generate(
            **told, do_sample=True, guidance_scale=limits.guidance, max_new_tokens=codes
        )
    return _piece(made[0].float().cpu().numpy().T, sound.sampling_rate)


def _common(ask: Ask, limits: SoundLimits) -> dict[str, Any]:
    guided = {"negative_prompt": ask.unwanted} if limits.guidance > 1 and ask.unwanted else {}
    return {
        "prompt": ask.prompt,
        "num_inference_steps": limits.steps,
        "guidance_scale": limits.guidance,
        "generator": generator(ask.seed),
        "output_type": "np",
        **guided,
    }


def _piece(samples: Any, rate: int) -> Piece:  # noqa: ANN401 -- as the libraries give it
    return Piece(np.ascontiguousarray(samples, np.float32), int(rate))


HOW: Mapping[str, Player] = MappingProxyType(
    {
        "stable-audio": stable_audio,
        "ace-step": ace_step,
        "audioldm2": audioldm2,
        "musicgen": musicgen,
    }
)
"""By engine."""
