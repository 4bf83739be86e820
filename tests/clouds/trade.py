"""What the tests of the clouds share: an order for each family, and one task's way through the driver."""

import json
from contextlib import contextmanager

import fakemedia
from fakecloud import KEY, KLING_KEY

from duocast.runtime.clouds.account import Account
from duocast.runtime.clouds.books import Books, Purpose
from duocast.runtime.clouds.contract import Medium, Order, Picture
from duocast.runtime.clouds.driver import Cloud
from duocast.runtime.clouds.houses import ADAPTERS
from duocast.runtime.clouds.looking import picture_check, text_check, video_check, voice_check

PICTURE = Picture("image/png", fakemedia.picture())
TEXT = "So this is the whole film?"
VIDEOS = {
    "aiml": ("google/veo-3.1-i2v", 4),
    "veo": ("veo-3.1-generate-preview", 4),
    "runway": ("gen4.5", 3),
    "luma": ("ray-2", 5),
    "kling": ("kling-v2-1", 5),
    "fal": ("fal-ai/kling-video/v2.1/standard/image-to-video", 5),
    "replicate": ("kwaivgi/kling-v2.1", 5),
    "comfyui": ("workflow", 3),
    "comfyui-talk": ("workflow", 3),
}
PICTURES = {
    "aiml": "google/gemini-3-pro-image-edit",
    "gemini": "gemini-3-pro-image",
    "fal": "fal-ai/nano-banana/edit",
    "replicate": "google/nano-banana",
    "comfyui": "workflow",
}
VOICES = {"elevenlabs": "eleven_multilingual_v2", "openai-tts": "tts-1-hd"}
WORDS = {"gemini": "gemini-2.5-flash", "openai-chat": "gpt-4.1-mini"}
GRAPH = {
    "1": {"class_type": "LoadImage", "inputs": {"image": "{picture-1}"}},
    "2": {"class_type": "KSampler", "inputs": {"seed": "{seed}", "text": "film: {prompt}"}},
}


def order(provider, medium=Medium.VIDEO, name="f" * 64, **changes):
    """An order that the provider takes."""
    given = {"name": name, "medium": medium, "seed": 7, "width": 1280, "height": 720}
    match medium:
        case Medium.VIDEO:
            model, seconds = VIDEOS[provider]
            save = {"class_type": "SaveVideo", "inputs": {"video": ["2", 0]}}
            given |= {
                "model": model,
                "seconds": seconds,
                "pictures": (PICTURE,),
                "prompt": "Somebody nods.",
            }
            given |= {"workflow": json.dumps({**GRAPH, "9": save})}
        case Medium.PICTURE:
            save = {"class_type": "SaveImage", "inputs": {"images": ["2", 0]}}
            given |= {
                "model": PICTURES[provider],
                "pictures": (PICTURE, PICTURE),
                "prompt": "Two people.",
            }
            given |= {"workflow": json.dumps({**GRAPH, "9": save})}
        case Medium.VOICE:
            given |= {"model": VOICES[provider], "voice": "v1", "language": "en-US", "prompt": TEXT}
        case Medium.TEXT:
            given |= {"model": WORDS[provider], "prompt": "A scene, please.", "most": 1000}
            given |= {"system": "You write.", "schema": '{"type":"object"}'}
    return Order(**(given | changes))


def check_of(wanted):
    """How the result of an order is looked at."""
    if wanted.medium is Medium.VIDEO:
        return video_check(wanted.seconds)
    if wanted.medium is Medium.PICTURE:
        return picture_check
    if wanted.medium is Medium.TEXT:
        return text_check
    return voice_check(len(wanted.prompt), fakemedia.RATE)


def key_of(provider):
    """The right key."""
    return {"kling": KLING_KEY, "comfyui": "", "comfyui-talk": ""}.get(provider, KEY)


@contextmanager
def trading(provider, url, folder, *, key=None, patience=1.5, poll=0.02, own=None):
    """A driver and the books that it writes."""
    account = Account(provider, url, "", poll=poll, patience=patience, own=own or {})
    given = key_of(provider) if key is None else key
    with (
        Books(folder) as books,
        Cloud(ADAPTERS[provider], account, given, books, lambda _: None) as cloud,
    ):
        yield cloud, books


def make(provider, url, folder, wanted=None, *, budget=None, run="run", **settings):
    """One task: the made result, or the `EngineError` that it ends with."""
    wanted = wanted or order(provider)
    with trading(provider, url, folder, **settings) as (cloud, _):
        purpose = Purpose(f"{wanted.medium} {provider}", wanted.model, "film.scene", run, budget)
        return cloud.make(wanted, purpose, check_of(wanted))


def only(folder):
    """The one row of the books."""
    with Books(folder) as books:
        (row,) = books.rows()
    return row
