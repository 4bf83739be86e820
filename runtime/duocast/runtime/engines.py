"""Every engine that comes with duocast: operation, name and version on one screen; importing this loads none of them.

A version changes whenever the same request would give other bytes: it enters the key of all that the engine makes.
"""

from pathlib import Path

from duocast.compiler.graph import Operation
from duocast.runtime.engine import Engine
from duocast.runtime.listed import Listed
from duocast.runtime.modelled import DIFFUSERS, Modelled, ModelShelf
from duocast.runtime.weighted import Weighted

_SPEECH = "duocast.runtime.speech:speech_engines"
KOKORO = Listed(Operation.SPEAK, "kokoro", "1", _SPEECH)
DRAFT = Listed(Operation.SPEAK, "draft", "1", _SPEECH)

_PICTURE = "duocast.runtime.picture:picture_engines"
DRAWN = Listed(Operation.PORTRAIT, "drawn", "6", _PICTURE)
PHOTO = Listed(Operation.PORTRAIT, "photo", "1", _PICTURE)

PERFORMER = Listed(
    Operation.ANIMATE, "performer", "2", "duocast.runtime.performance:performance_engines"
)

_STAGE = "duocast.runtime.stage:stage_engines"
DRAWN_PLACE = Listed(Operation.PLATE, "drawn-place", "2", _STAGE)
PICTURE_PLACE = Listed(Operation.PLATE, "picture-place", "1", _STAGE)
STAGE = Listed(Operation.COMPOSE, "stage", "4", _STAGE)

_SOUND = "duocast.runtime.sound:sound_engines"
COMPOSER = Listed(Operation.SCORE, "composer", "1", _SOUND)
FOLEY = Listed(Operation.EFFECT, "foley", "1", _SOUND)
CONSOLE = Listed(Operation.MIX, "console", "1", _SOUND)

_DELIVERY = "duocast.runtime.delivery:delivery_engines"
X264 = Listed(Operation.ENCODE, "x264", "2", _DELIVERY)
CAPTIONS = Listed(Operation.CAPTION, "captions", "3", _DELIVERY)
JOINER = Listed(Operation.MASTER, "joiner", "2", _DELIVERY)
C2PA = Listed(Operation.SIGN, "c2pa", "1", _DELIVERY)

_DIFFUSION = "duocast.runtime.diffusion:diffusion_engines"
LTX = Modelled(Operation.ANIMATE, "ltx", "1", _DIFFUSION)
WAN = Modelled(Operation.ANIMATE, "wan", "1", _DIFFUSION)
COGVIDEOX = Modelled(Operation.ANIMATE, "cogvideox", "1", _DIFFUSION)
SVD = Modelled(Operation.ANIMATE, "svd", "1", _DIFFUSION)
LTX2 = Modelled(Operation.ANIMATE, "ltx2", "1", _DIFFUSION, sounds=True)
HUNYUAN = Modelled(Operation.ANIMATE, "hunyuan", "1", _DIFFUSION)
WAN_VACE = Modelled(Operation.ANIMATE, "wan-vace", "1", _DIFFUSION, shown="people")
MOCHI = Modelled(Operation.ANIMATE, "mochi", "1", _DIFFUSION, shown="nothing")
FILMERS = (LTX, WAN, COGVIDEOX, SVD, LTX2, HUNYUAN, WAN_VACE, MOCHI)
FLUX = Modelled(Operation.COMPOSE, "flux", "2", _DIFFUSION)
FLUX2 = Modelled(Operation.COMPOSE, "flux2", "1", _DIFFUSION)
QWEN_EDIT = Modelled(Operation.COMPOSE, "qwen-edit", "1", _DIFFUSION)
SDXL = Modelled(Operation.COMPOSE, "sdxl", "1", _DIFFUSION, sketches=True)
VACE = Modelled(Operation.COMPOSE, "vace", "1", _DIFFUSION)
PAINTERS = (FLUX, FLUX2, QWEN_EDIT, SDXL, VACE)

_SCORING = "duocast.runtime.scoring:scoring_engines"
STABLE_AUDIO = Modelled(
    Operation.SCORE, "stable-audio", "1", _SCORING, libraries=(*DIFFUSERS, "torchsde")
)
STABLE_AUDIO_EFFECTS = Modelled(
    Operation.EFFECT, "stable-audio", "1", _SCORING, libraries=(*DIFFUSERS, "torchsde")
)
ACE_STEP = Modelled(Operation.SCORE, "ace-step", "1", _SCORING)
AUDIOLDM2 = Modelled(Operation.SCORE, "audioldm2", "1", _SCORING)
AUDIOLDM2_EFFECTS = Modelled(Operation.EFFECT, "audioldm2", "1", _SCORING)
MUSICGEN = Modelled(Operation.SCORE, "musicgen", "1", _SCORING, libraries=("torch", "transformers"))
SCORERS = (STABLE_AUDIO, ACE_STEP, AUDIOLDM2, MUSICGEN)
NOISE_MAKERS = (STABLE_AUDIO_EFFECTS, AUDIOLDM2_EFFECTS)

_VOICES = "duocast.runtime.voices:voice_engines"
_COQUI = ("torch", "transformers", "TTS")
XTTS = Modelled(Operation.SPEAK, "xtts", "1", _VOICES, libraries=_COQUI)
VITS = Modelled(Operation.SPEAK, "vits", "1", _VOICES, libraries=_COQUI)
COQUI = Modelled(Operation.SPEAK, "coqui", "1", _VOICES, libraries=_COQUI)
BARK = Modelled(Operation.SPEAK, "bark", "1", _VOICES, libraries=("torch", "transformers"))
POCKET = Modelled(Operation.SPEAK, "pocket", "1", _VOICES, libraries=("torch", "transformers"))
VOICES = (XTTS, VITS, COQUI, BARK, POCKET)

_UPSCALE = "duocast.runtime.finer:upscale_engines"
SPAN = Weighted(
    Operation.UPSCALE, "span", "1", _UPSCALE, library="ncnn", marks=("2571a1bd", "ca85ff72")
)
REALESRGAN = Weighted(
    Operation.UPSCALE, "realesrgan", "1", _UPSCALE, library="ncnn", marks=("548a36f9", "713ee713")
)
RIFE = Weighted(
    Operation.INTERPOLATE,
    "rife",
    "1",
    "duocast.runtime.finer:interpolate_engines",
    library="torch",
    marks=("fe854fc8",),
)
_SPANDREL = ("torch", "spandrel")
SPANDREL = Modelled(Operation.UPSCALE, "spandrel", "1", _UPSCALE, libraries=_SPANDREL)
_RESTORE = "duocast.runtime.finer:restore_engines"
GFPGAN = Modelled(Operation.RESTORE, "gfpgan", "1", _RESTORE, libraries=_SPANDREL)
CODEFORMER = Modelled(
    Operation.RESTORE, "codeformer", "1", _RESTORE, libraries=(*_SPANDREL, "spandrel_extra_arches")
)
FINER = (SPAN, REALESRGAN, RIFE)
"""Those that make pictures finer with files of the catalogue; each says whether its library is here."""
RESTORERS = (SPANDREL, GFPGAN, CODEFORMER)
"""Those that do it with a model from the shelf."""


def offline_engines(keys: Path) -> tuple[Engine, ...]:
    """All of them; `keys` is the folder for the installation's signing key."""
    return (
        *(KOKORO, DRAFT, DRAWN, PHOTO, PERFORMER, DRAWN_PLACE, PICTURE_PLACE, STAGE),
        *(COMPOSER, FOLEY, CONSOLE),
        *(each(keys) for each in (X264, CAPTIONS, JOINER, C2PA)),
    )


def model_engines(shelf: ModelShelf) -> tuple[Engine, ...]:
    """Those that need the extra `models` and a model on the shelf; each says whether it is here."""
    pictures = (*FILMERS, *PAINTERS)
    return tuple(each(shelf) for each in (*pictures, *VOICES, *SCORERS, *NOISE_MAKERS, *RESTORERS))
