"""The identity that films are signed with: a key and a certificate made on first use, for this installation alone.

The folder `signer/` holds key.pem (mode 0600), chain.pem (the certificate and its authority's) and anchor.pem (the
authority's certificate, which tells our own films from others'). The authority's key is thrown away once it has signed.
"""

import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from duocast.runtime.engine import EngineError, FailureClass

ORGANISATION = "duocast"
_YEARS = 20
_Key = ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class Identity:
    """A signing key (P-256) and its certificates as PEM."""

    key: _Key
    chain: str
    anchor: str

    def sign(self, message: bytes) -> bytes:
        """ES256, r and s as 64 bytes. The same message always gets the same signature (RFC 6979)."""
        signature = self.key.sign(message, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
        r, s = decode_dss_signature(signature)
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def identity(folder: Path) -> Identity:
    """The identity kept in `folder`/signer, made if there is none.

    Two processes that come first at the same time end up with the same one. Raises `EngineError` (invalid, R0411)
    if the files there can't be read.
    """
    place = folder / "signer"
    if not place.exists():
        _make(place)
    try:
        key = load_pem_private_key((place / "key.pem").read_bytes(), None)
        chain, anchor = (place / "chain.pem").read_text(), (place / "anchor.pem").read_text()
    except (OSError, ValueError) as error:
        raise _unreadable(place) from error
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise _unreadable(place)
    return Identity(key, chain, anchor)


def anchor(folder: Path) -> str | None:
    """Our own authority's certificate as PEM, if an identity was ever made there."""
    path = folder / "signer" / "anchor.pem"
    return path.read_text() if path.is_file() else None


def _make(place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".signer-", dir=place.parent))
    try:
        _write_identity(draft)
        draft.rename(place)
    except OSError:
        if not place.exists():
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _write_identity(folder: Path) -> None:
    authority_key, key = (
        ec.generate_private_key(ec.SECP256R1()),
        ec.generate_private_key(ec.SECP256R1()),
    )
    authority = _certificate("duocast local authority", authority_key, None, authority_key)
    leaf = _certificate("duocast film signer", key, authority, authority_key)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    handle = os.open(folder / "key.pem", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(pem)
    root = authority.public_bytes(Encoding.PEM)
    (folder / "chain.pem").write_bytes(leaf.public_bytes(Encoding.PEM) + root)
    (folder / "anchor.pem").write_bytes(root)


def _certificate(
    name: str, key: _Key, issuer: x509.Certificate | None, issuer_key: _Key
) -> x509.Certificate:
    """A certificate as C2PA demands it: digital signatures for e-mail protection, or an authority."""
    subject, authority, now = _name(name), issuer is None, datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * _YEARS))
        .add_extension(
            x509.BasicConstraints(ca=authority, path_length=0 if authority else None), critical=True
        )
        .add_extension(_usage(authority), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False,
        )
    )
    if not authority:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
        builder = builder.add_extension(purpose, critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


def _usage(authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        key_cert_sign=authority,
        crl_sign=authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANISATION),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _unreadable(place: Path) -> EngineError:
    return EngineError(
        FailureClass.INVALID,
        "R0411",
        f"The signing key in {place} can't be read.",
        "Move the folder away; a new key is made at the next render.",
    )
