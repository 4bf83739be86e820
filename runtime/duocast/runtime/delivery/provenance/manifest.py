"""The manifest: what the film declares about itself, in C2PA's words."""

from collections.abc import Iterable
from hashlib import sha256
from importlib.metadata import version
from typing import Any
from uuid import UUID

from duocast.compiler.operations.delivery import SignParams
from duocast.compiler.timeline import Timeline

SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
ENGINES = "org.duocast.engines"
SHOTS = "org.duocast.shots"
DISCLOSURE = "org.duocast.disclosure"
_USES = ("ai_generative_training", "ai_training", "ai_inference", "data_mining")
_PICTURE_MAKERS = frozenset({"portrait", "plate", "animate"})


def manifest(
    params: SignParams, timeline: Timeline, film_digest: bytes, trained: Iterable[str]
) -> dict[str, Any]:
    """The manifest's definition; its identifiers come from the film's content, so that they are always the same.

    `trained` names the picture engines that are trained models: a film of nothing else is
    trainedAlgorithmicMedia, one with drawn, photographed or filmed parts is a composite.
    """
    shots = tuple(dict.fromkeys(params.shots))
    return {
        "label": f"urn:c2pa:{_uuid(film_digest, 'manifest')}",
        "instance_id": f"xmp:iid:{_uuid(film_digest, 'film')}",
        "claim_generator_info": [{"name": "duocast", "version": version("duocast")}],
        "title": params.title or "Untitled",
        "format": "video/mp4",
        "ingredients": [_ingredient(shot, film_digest) for shot in shots],
        "assertions": [
            {
                "label": "c2pa.actions.v2",
                "data": {"actions": _actions(params, shots, film_digest, trained)},
            },
            {"label": "cawg.training-mining", "data": {"entries": _no_training()}},
            {"label": ENGINES, "data": {"engines": _engines(params)}},
            {"label": SHOTS, "data": {"shots": _shots(timeline)}},
            {"label": DISCLOSURE, "data": {"text": params.disclosure, "author": params.author}},
        ],
    }


def source_type(params: SignParams, trained: Iterable[str]) -> str:
    """The digital source type that fits the engines used."""
    known = frozenset(trained)
    makers = [credit.engine for credit in params.credits if credit.operation in _PICTURE_MAKERS]
    whole = bool(makers) and all(engine in known for engine in makers)
    kind = "trainedAlgorithmicMedia" if whole else "compositeWithTrainedAlgorithmicMedia"
    return SOURCE_TYPES + kind


def _ingredient(shot: str, film_digest: bytes) -> dict[str, Any]:
    return {
        "title": shot,
        "format": "video/mp4",
        "relationship": "componentOf",
        "instance_id": _ingredient_id(shot, film_digest),
    }


def _ingredient_id(shot: str, film_digest: bytes) -> str:
    return f"xmp:iid:{_uuid(film_digest, shot)}"


def _actions(
    params: SignParams, shots: tuple[str, ...], film_digest: bytes, trained: Iterable[str]
) -> list[dict[str, Any]]:
    created = {"action": "c2pa.created", "digitalSourceType": source_type(params, trained)}
    placed = {
        "action": "c2pa.placed",
        "parameters": {"ingredientIds": [_ingredient_id(shot, film_digest) for shot in shots]},
    }
    return [created, placed] if shots else [created]


def _no_training() -> dict[str, Any]:
    return {f"cawg.{use}": {"use": "notAllowed"} for use in _USES}


def _engines(params: SignParams) -> list[dict[str, str]]:
    return [credit.plain() for credit in params.credits]


def _shots(timeline: Timeline) -> list[dict[str, Any]]:
    """Where each shot stands, so that a label of a shot leads to its pictures."""
    return [
        {"shot": clip.shot, "start": clip.start, "frames": clip.frames} for clip in timeline.picture
    ]


def _uuid(film_digest: bytes, name: str) -> UUID:
    """An identifier from content, in the form of a random one (the only form the standard knows)."""
    return UUID(bytes=sha256(film_digest + name.encode()).digest()[:16], version=4)
