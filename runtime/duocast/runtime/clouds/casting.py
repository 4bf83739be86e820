"""Casting: which of a provider's voices speaks for one of ours, as far as the user's settings don't say it."""

from collections.abc import Mapping

from duocast.compiler.operations.speak import VoiceSpec
from duocast.compiler.voices import find_voice
from duocast.runtime.clouds.account import Account
from duocast.runtime.clouds.faults import no_settings

Kind = tuple[str, str]
"""Gender and age."""

ELEVENLABS: Mapping[Kind, str] = {
    ("woman", "young"): "cgSgspJ2msm6clMCkdW9",
    ("woman", "adult"): "EXAVITQu4vr4xnSDxMaL",
    ("woman", "older"): "XrExE9yKIg1WjnnlVkGX",
    ("man", "young"): "TX3LPaxmHKxFdv7VOQHJ",
    ("man", "adult"): "JBFqnCBsd6RMkjVDRZzb",
    ("man", "older"): "pqHfZKP75CvOlQylNhV4",
}
"""Voices that every account has."""
OPENAI: Mapping[Kind, str] = {
    ("woman", "young"): "nova",
    ("woman", "adult"): "shimmer",
    ("woman", "older"): "alloy",
    ("man", "young"): "fable",
    ("man", "adult"): "echo",
    ("man", "older"): "onyx",
}


def voice_for(spec: VoiceSpec, account: Account, usual: Mapping[Kind, str]) -> str:
    """The provider's voice: by `voices` of the settings, by `voice`, or by the kind of voice that ours is.

    Raises `EngineError` R0705 where nobody can tell.
    """
    voice = find_voice(spec.id)
    own = account.own.get("voices", {})
    for name in (spec.id, voice.name if voice else "", voice.id if voice else ""):
        if name and name in own:
            return str(own[name])
    if "voice" in account.own:
        return str(account.own["voice"])
    if voice is not None and (voice.gender, voice.age) in usual:
        return usual[voice.gender, voice.age]
    raise no_settings(
        f"{account.provider} has no voice for {spec.id}",
        f'name one in clouds.toml: [{account.provider}.voices] "{spec.id}" = "..."',
    )
