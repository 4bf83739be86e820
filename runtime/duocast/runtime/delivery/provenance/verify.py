"""Verifying: what a film's manifest says, and whether the file is still the one that was signed."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import c2pa

from duocast.runtime.delivery.provenance.identity import anchor
from duocast.runtime.delivery.provenance.manifest import DISCLOSURE, ENGINES, SHOTS

State = Literal["valid", "tampered", "unsigned"]

_STRANGER = frozenset({"signingCredential.untrusted"})


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What is known of a file.

    valid: not a byte was changed since it was signed. tampered: changed, or the manifest does not hold together;
    `problems` says how. unsigned: there is no manifest. `own` says that this installation signed it; a film from
    elsewhere is valid too, but only as trustworthy as its `signer`.
    """

    state: State
    own: bool = False
    signer: str = ""
    signed_with: str = ""
    """The claim generator: the program and its version."""
    title: str = ""
    source_type: str = ""
    shots: tuple[str, ...] = ()
    engines: tuple[tuple[str, str, str], ...] = ()
    """(operation, engine, version) of every engine used."""
    disclosure: str = ""
    training: str = ""
    """Whether the maker allows training on it: notAllowed, allowed, constrained, or nothing said."""
    assertions: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def verify(path: Path, keys: Path | None = None) -> VerifyReport:
    """Check the file. `keys` is the folder of our own signing key. Nothing goes over the network.

    A file that can't be opened raises `OSError`; one that is no MP4 is unsigned.
    """
    read = _read(path, anchor(keys) if keys is not None else None)
    if isinstance(read, VerifyReport):
        return read
    store, trusted = read
    active = store.get("manifests", {}).get(store.get("active_manifest", ""), {})
    problems = _problems(store)
    state: State = "tampered" if problems else "valid"
    return _described(active, state, own=trusted and not problems, problems=problems)


def _read(path: Path, own_anchor: str | None) -> VerifyReport | tuple[dict[str, Any], bool]:
    settings: dict[str, Any] = {"verify": {"ocsp_fetch": False, "remote_manifest_fetch": False}}
    if own_anchor:
        settings["trust"] = {"trust_anchors": own_anchor}
    try:
        with path.open("rb") as file:
            context = c2pa.Context(settings=c2pa.Settings.from_dict(settings))
            with c2pa.Reader("video/mp4", file, context=context) as reader:
                store: dict[str, Any] = json.loads(reader.json())
                return store, store.get("validation_state") == "Trusted"
    except c2pa.C2paError as error:
        if "ManifestNotFound" in type(error).__name__ or "ManifestNotFound" in str(error):
            return VerifyReport("unsigned")
        if _has_manifest(path):
            return VerifyReport("tampered", problems=(str(error),))
        return VerifyReport("unsigned", problems=(str(error),))


def _has_manifest(path: Path) -> bool:
    with path.open("rb") as file:
        return b"c2pa" in file.read(1 << 20)


def _problems(store: dict[str, Any]) -> tuple[str, ...]:
    """What does not hold, the unknown signer left out: a local certificate is on nobody's list."""
    found = [
        f"{status.get('code')}: {status.get('explanation', '')}".strip(": ")
        for status in store.get("validation_status", [])
        if status.get("code") not in _STRANGER
    ]
    if not found and store.get("validation_state") == "Invalid":
        only_stranger = bool(store.get("validation_status"))
        found = [] if only_stranger else ["the manifest is invalid"]
    return tuple(dict.fromkeys(found))


def _described(
    active: dict[str, Any], state: State, *, own: bool, problems: tuple[str, ...]
) -> VerifyReport:
    assertions = {each["label"]: each.get("data", {}) for each in active.get("assertions", [])}
    info: dict[str, Any] = next(iter(active.get("claim_generator_info", [])), {})
    signature = active.get("signature_info", {})
    names = (signature.get("common_name"), signature.get("issuer"))
    entries = assertions.get("cawg.training-mining", {}).get("entries", {})
    return VerifyReport(
        state=state,
        own=own,
        signer=", ".join(name for name in names if name),
        signed_with=f"{info.get('name', '')} {info.get('version', '')}".strip(),
        title=active.get("title", ""),
        source_type=_source_type(assertions),
        shots=_shots(active, assertions),
        engines=tuple(
            (e.get("operation", ""), e.get("engine", ""), e.get("version", ""))
            for e in assertions.get(ENGINES, {}).get("engines", [])
        ),
        disclosure=assertions.get(DISCLOSURE, {}).get("text", ""),
        training=entries.get("cawg.ai_generative_training", {}).get("use", ""),
        assertions=tuple(assertions),
        problems=problems,
    )


def _source_type(assertions: dict[str, Any]) -> str:
    actions = assertions.get("c2pa.actions.v2", {}).get("actions", [])
    found = next((a["digitalSourceType"] for a in actions if "digitalSourceType" in a), "")
    return str(found).rsplit("/", 1)[-1]


def _shots(active: dict[str, Any], assertions: dict[str, Any]) -> tuple[str, ...]:
    named = [str(each.get("title", "")) for each in active.get("ingredients", [])]
    return tuple(
        named or [str(e.get("shot", "")) for e in assertions.get(SHOTS, {}).get("shots", [])]
    )
