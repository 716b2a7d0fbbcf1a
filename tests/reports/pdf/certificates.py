"""Certificates that sign PDFs in tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509.oid import NameOID

PASSWORD = "swordfish"
KEY = generate_private_key(65537, 2048)


def certificate(days: int) -> x509.Certificate:
    """A certificate that signs itself, from the day before yesterday on."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Decider")])
    start = datetime.now(UTC) - timedelta(days=2)
    usage = dict.fromkeys(
        (
            *("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign"),
            *("crl_sign", "encipher_only", "decipher_only"),
        ),
        False,
    )
    return (
        x509.CertificateBuilder(name, name, KEY.public_key(), 5)
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=days))
        .add_extension(
            x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True
        )
        .sign(KEY, SHA256())
    )


def packed(key: Any, made: x509.Certificate) -> bytes:
    """Key and certificate as PKCS#12, locked with PASSWORD."""
    return serialize_key_and_certificates(
        b"", key, made, None, BestAvailableEncryption(PASSWORD.encode())
    )


def use(settings: Any, path: Path, content: bytes) -> None:
    """Let the server sign with what is in these bytes."""
    path.write_bytes(content)
    settings.SIGNING_CERTIFICATE, settings.SIGNING_PASSWORD = path, PASSWORD
