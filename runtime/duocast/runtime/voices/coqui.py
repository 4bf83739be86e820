"""Coqui's voices: XTTS, VITS and whatever else its library saves, from a folder with config.json and a checkpoint."""

import json
import logging
import random
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.models.device import Device
from duocast.runtime.models.limits import Limits
from duocast.runtime.models.shelf import Model, wrong
from duocast.runtime.speech.signal import Sound
from duocast.runtime.voices.casting import cast_voice
from duocast.runtime.voices.loading import folder_of, libraries, place, trusted_only
from duocast.runtime.voices.saying import Ask, primary
from duocast.runtime.voices.standin import stand_in

CHECKPOINTS = ("model.pth", "model_file.pth", "best_model.pth")
_FETCHES = frozenset({"bark", "tortoise"})
"""Models of that library that load further ones from the network."""
_BESIDE = frozenset(
    {
        *("speakers_file", "d_vector_file", "language_ids_file", "stats_path", "tokenizer_file"),
        *("speaker_encoder_config_path", "speaker_encoder_model_path", "mel_statistics_parameter_path"),
    }
)  # fmt: skip
"""Keys of a config that name further files: only those in the model's own folder are read."""


class CoquiVoice:
    """A model of Coqui's library, through its own interface."""

    def __init__(self, engine: str, model: Any, torch: Any) -> None:  # noqa: ANN401 -- libraries without types
        self._engine = engine
        self._model = model
        self._torch = torch
        self._inner = model.synthesizer.tts_model
        self._length = float(getattr(self._inner, "length_scale", 1.0))
        self.rate = int(model.synthesizer.output_sample_rate)

    def say(self, ask: Ask) -> Sound:
        """The words. Raises `EngineError`: V0202 a language and V0204 a voice that the model lacks."""
        self._torch.manual_seed(ask.seed)
        np.random.seed(ask.seed)  # Griffin and Lim's method begins with it
        random.seed(ask.seed)
        how: dict[str, Any] = {"split_sentences": False, **self._voice(ask)}
        if self._model.is_multi_lingual:
            how["language"] = self._language(ask.language)
        if self._engine == "xtts":
            how["speed"] = ask.pace
        elif hasattr(self._inner, "length_scale"):
            self._inner.length_scale = self._length / ask.pace
        return np.asarray(self._model.tts(ask.text, **how), np.float32).reshape(-1)

    def _voice(self, ask: Ask) -> dict[str, Any]:
        if ask.reference is not None:
            return {"speaker_wav": str(ask.reference)}
        if not self._model.is_multi_speaker:
            return {}
        name = cast_voice(self._engine, ask.voice, self._model.speakers or [])
        if name is None:
            message = f"the model of {self._engine!r} has no voice of its own"
            hint = "give the voice's card a recording: `reference: voices/mara.wav`"
            raise EngineError(FailureClass.INVALID, "V0204", message, hint)
        return {"speaker": name}

    def _language(self, language: str) -> str:
        """The model's word for a language: `en`, `zh-cn`, `fr-fr`."""
        names = list(self._model.languages or [])
        for wanted in (language.lower(), primary(language)):
            for name in names:
                if name.lower() == wanted or primary(name) == wanted:
                    return str(name)
        message = f"the model of {self._engine!r} does not speak {language}"
        raise EngineError(FailureClass.INVALID, "V0202", message, f"it speaks {', '.join(names)}")


def read(model: Model, limits: Limits, device: Device) -> CoquiVoice:
    """The model on the device. Raises `EngineError`: R0020 no library, V0302 a model that can't be read or trusted."""
    (torch,) = libraries(model.engine, "torch")
    folder = folder_of(model)
    config = _config(folder, limits)
    stand_in()
    (api,) = libraries(model.engine, "TTS.api")
    logging.getLogger("TTS").setLevel(logging.ERROR)
    with trusted_only(model.engine), tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "config.json"
        file.write_text(json.dumps(config))
        found = api.TTS(
            model_path=str(folder if config["model"] == "xtts" else _checkpoint(folder)),
            config_path=str(file),
            progress_bar=False,
            **_vocoder(folder),
        )
    found.to(place(device, limits)).eval()
    return CoquiVoice(model.engine, found, torch)


def _config(folder: Path, limits: Limits) -> dict[str, Any]:
    """The model's config, its further files found in its own folder."""
    try:
        config = json.loads((folder / "config.json").read_bytes())
        kind = config["model"]
    except (OSError, ValueError, KeyError, TypeError) as problem:
        hint = "a folder as Coqui's library saves it has a config.json that says which model it is"
        raise wrong(f"the config of {limits.engine!r} can't be read: {problem}", hint) from problem
    if limits.pipeline and kind != limits.pipeline:
        hint = f"put it into a folder called {kind if kind == 'vits' else 'coqui'}"
        raise wrong(f"the model of {limits.engine!r} is a {kind}", hint)
    if kind in _FETCHES:
        raise wrong(f"Coqui's {kind} loads further models from the network", "use the engine bark")
    own: dict[str, Any] = _own(config, folder)
    return own


def _own(value: Any, folder: Path) -> Any:  # noqa: ANN401 -- JSON
    if isinstance(value, dict):
        return {
            key: _beside(inner, folder) if key in _BESIDE else _own(inner, folder)
            for key, inner in value.items()
        }
    return [_own(inner, folder) for inner in value] if isinstance(value, list) else value


def _beside(value: Any, folder: Path) -> Any:  # noqa: ANN401 -- JSON
    """The file of that name in the model's folder; none if it has none."""
    if not isinstance(value, str) or not value:
        return value
    file = folder / Path(value.replace("\\", "/")).name
    return str(file) if file.is_file() else None


def _checkpoint(folder: Path) -> Path:
    named = [folder / name for name in CHECKPOINTS if (folder / name).is_file()]
    others = sorted(folder.glob("checkpoint_*.pth")) + sorted(folder.glob("best_model*.pth"))
    if not named and not others:
        raise wrong(f"{folder.name} has no checkpoint", f"it is called {' or '.join(CHECKPOINTS)}")
    return (named or others[-1:])[0]


def _vocoder(folder: Path) -> dict[str, str]:
    """The model's vocoder, in a folder of its own; without it Griffin and Lim's method is used."""
    inner = folder / "vocoder"
    if not (inner / "config.json").is_file():
        return {}
    return {
        "vocoder_path": str(_checkpoint(inner)),
        "vocoder_config_path": str(inner / "config.json"),
    }
