"""Tones: the few colours a person is painted with, all derived from skin, hair and eyes."""

from dataclasses import dataclass

from duocast.runtime.picture.drawn.colour import glow, lightness, mix, shadow, tone
from duocast.runtime.picture.drawn.person import Person


@dataclass(frozen=True, slots=True)
class Tones:
    """Colours as "#rrggbb". `line` draws the features, `deep` is the darkest of the skin."""

    skin: str
    light: str
    shade: str
    deep: str
    line: str
    blush: str
    lip: str
    lip_light: str
    lip_line: str
    white: str
    hair: str
    hair_light: str
    hair_gloss: str
    hair_shade: str
    hair_deep: str
    beard: str
    beard_short: str
    beard_deep: str
    beard_gloss: str
    brow: str
    lash: str


def tones(person: Person) -> Tones:
    """The palette of a person."""
    skin = person.skin
    level = lightness(skin)
    shade = mix(shadow(skin, 0.9), "#b5503c", 0.10 if level > 0.6 else 0.05)
    deep = mix(shadow(skin, 1.9), "#7a2f2a", 0.16)
    womanly = 1 - person.manly
    natural = mix(shade, "#b3423f", 0.25 + 0.22 * womanly)
    lip = person.face.lip_colour or natural
    hair = person.hair.colour
    hair_level = lightness(hair)
    gloss = tone(hair, 1.0 + 0.30 * (1.15 - hair_level), 1.05)
    return Tones(
        skin=skin,
        light=glow(skin, 0.75),
        shade=shade,
        deep=deep,
        line=mix(tone(skin, 0.42, 0.95, -8), "#3a1712", 0.35),
        blush=mix(shade, "#d8473f", 0.42),
        lip=lip,
        lip_light=mix(lip, glow(skin), 0.26),
        lip_line=mix(tone(lip, 0.52), "#3a1110", 0.35),
        white="#f6f1ec" if level > 0.55 else "#efe8e1",
        hair=hair,
        hair_light=tone(hair, 1.0 + 0.13 * (1.15 - hair_level) + 0.03, 1.08),
        hair_gloss=gloss,
        hair_shade=shadow(hair, 0.85),
        hair_deep=shadow(hair, 1.7),
        **_beard(person.beard_colour or hair),
        brow=person.brow_colour,
        lash=mix(tone(person.brow_colour, 0.5), "#160d0b", 0.7),
    )


def _beard(colour: str) -> dict[str, str]:
    """A pale beard stays pale; a dark one is the darker the shorter it is."""
    shade, deep = shadow(colour, 0.85), shadow(colour, 1.7)
    gloss = tone(colour, 1.0 + 0.30 * (1.15 - lightness(colour)), 1.05)
    pale = lightness(colour) > 0.6
    return {
        "beard": mix(colour, shade, 0.4) if pale else mix(shade, gloss, 0.15),
        "beard_short": mix(colour, shade, 0.6) if pale else deep,
        "beard_deep": mix(shade, deep, 0.2) if pale else deep,
        "beard_gloss": gloss,
    }
