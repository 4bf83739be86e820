"""The houses: every provider's adapter, and the engines that are made with them."""

from collections.abc import Mapping

from duocast.compiler.graph import Operation
from duocast.runtime.clouds.account import Office
from duocast.runtime.clouds.casting import ELEVENLABS, OPENAI
from duocast.runtime.clouds.contract import Adapter
from duocast.runtime.clouds.desk import Desk
from duocast.runtime.clouds.families.aiml import Aiml
from duocast.runtime.clouds.families.comfy import ComfyTalk, ComfyUi
from duocast.runtime.clouds.families.elevenlabs import ElevenLabs
from duocast.runtime.clouds.families.fal import Fal
from duocast.runtime.clouds.families.gemini import Gemini
from duocast.runtime.clouds.families.kling import Kling
from duocast.runtime.clouds.families.luma import Luma
from duocast.runtime.clouds.families.openai_chat import OpenAiChat
from duocast.runtime.clouds.families.openai_speech import OpenAiSpeech
from duocast.runtime.clouds.families.replicate import Replicate
from duocast.runtime.clouds.families.runway import Runway
from duocast.runtime.clouds.families.veo import Veo
from duocast.runtime.clouds.filming import CloudCamera
from duocast.runtime.clouds.painting import CloudPainter
from duocast.runtime.clouds.speaking import CloudVoice
from duocast.runtime.clouds.talkers import CloudTalker
from duocast.runtime.clouds.terms import TERMS
from duocast.runtime.engine import Engine
from duocast.runtime.rented import CLOUDS

_FAMILIES: tuple[Adapter, ...] = (
    *(Aiml(), ComfyTalk(), ComfyUi(), ElevenLabs(), Fal(), Gemini(), Kling(), Luma(), OpenAiChat()),
    *(OpenAiSpeech(), Replicate(), Runway(), Veo()),
)
ADAPTERS: Mapping[str, Adapter] = {one.name: one for one in _FAMILIES}


def engines(office: Office) -> tuple[Engine, ...]:
    """The engines of all clouds."""
    entries = {(one.operation, one.name): one for one in CLOUDS}
    made: list[Engine] = []
    for terms in TERMS:
        entry = entries[terms.operation, terms.provider]
        adapter = ADAPTERS[terms.provider]
        desk = Desk(adapter, office, terms.operation, entry.version, terms.model)
        if terms.operation is Operation.SPEAK:
            voices = OPENAI if terms.provider == "openai-tts" else ELEVENLABS
            made.append(CloudVoice(entry, desk, voices, terms.longest))
        elif terms.operation is Operation.COMPOSE:
            made.append(CloudPainter(entry, desk))
        elif terms.talks:
            made.append(CloudTalker(entry, desk, terms.lengths))
        else:
            made.append(CloudCamera(entry, desk, terms.lengths))
    return tuple(made)
