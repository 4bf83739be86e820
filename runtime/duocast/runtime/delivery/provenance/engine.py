"""The engine `c2pa`: the film leaves the house with a signed manifest."""

from collections.abc import Iterable, Mapping
from hashlib import file_digest
from pathlib import Path

import c2pa

from duocast.compiler.operations.delivery import SignParams
from duocast.compiler.timeline import Timeline
from duocast.runtime import engines
from duocast.runtime.delivery.provenance.identity import Identity, identity
from duocast.runtime.delivery.provenance.manifest import manifest
from duocast.runtime.delivery.provenance.settle import settle
from duocast.runtime.delivery.provenance.verify import verify
from duocast.runtime.engine import EngineError, FailureClass, Request


class Signatory:
    """Inputs and outputs as `duocast.compiler.operations.delivery` says.

    `keys` is the folder in which the installation's signing key is kept (made on first use, never in the store);
    `trained` names the picture engines that are trained models.
    """

    name = engines.C2PA.name
    version = engines.C2PA.version
    operation = engines.C2PA.operation

    def __init__(self, keys: Path, trained: Iterable[str] = ()) -> None:
        self._keys = keys
        self._trained = frozenset(trained)

    def run(self, request: Request) -> Mapping[str, Path]:
        """Write film.mp4. Raises `EngineError`: R0411 an unreadable key, R0412 a film that can't be signed."""
        params = SignParams.from_plain(request.params)
        timeline = Timeline.from_json(request.inputs["timeline"].read_bytes())
        film, path = request.inputs["film"], request.folder / "film.mp4"
        with film.open("rb") as file:
            digest = file_digest(file, "sha256").digest()
        definition = manifest(params, timeline, digest, self._trained)
        _sign(film, path, definition, digest, identity(self._keys))
        request.progress(0.7)
        report = verify(path, self._keys)
        if report.state != "valid":
            message = f"The signed film does not verify: {'; '.join(report.problems)}"
            raise EngineError(FailureClass.POISONED, "R0412", message)
        request.progress(1.0)
        return {"film": path}


def _sign(
    film: Path, path: Path, definition: dict[str, object], digest: bytes, signer: Identity
) -> None:
    """Write the signed film to `path`."""
    calls: list[tuple[bytes, bytes]] = []

    def sign(message: bytes) -> bytes:
        signature = signer.sign(message)
        calls.append((message, signature))
        return signature

    try:
        native = c2pa.Signer.from_callback(sign, c2pa.C2paSigningAlg.ES256, signer.chain, None)
        with (
            c2pa.Builder(definition) as builder,
            film.open("rb") as source,
            path.open("w+b") as target,
        ):
            builder.sign(native, "video/mp4", source, target)
    except c2pa.C2paError as error:
        message = f"The film can't be signed: {error}"
        raise EngineError(FailureClass.POISONED, "R0412", message) from error
    settle(path, *calls[-1], digest, signer.sign)
