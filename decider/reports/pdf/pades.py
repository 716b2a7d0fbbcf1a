"""A PAdES signature on printed PDFs, where this server has a certificate for it."""

from __future__ import annotations

import io
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.checks import Error
from django.utils import timezone

from decider.base.digests import sha256

if TYPE_CHECKING:
    from pyhanko.sign.signers import SimpleSigner


class BadCertificate(Exception):
    """The certificate in the settings can't be used; the text says why."""


def certificate_digest() -> str:
    """What tells one certificate from another; empty where there is none to be read."""
    path: Path | None = settings.SIGNING_CERTIFICATE
    with suppress(BadCertificate):
        return sha256(_content(path)) if path else ""
    return ""


def with_signature(pdf: bytes) -> bytes:
    """The PDF with an invisible signature that permits no later change, if there is a certificate.

    Still PDF/A-3a and PDF/UA-1. Other bytes each time, for they hold the time of signing. Raises
    BadCertificate.
    """
    path: Path | None = settings.SIGNING_CERTIFICATE
    if path is None:
        return pdf
    signer = _signer(_content(path), settings.SIGNING_PASSWORD)
    # Only servers with a certificate pay for loading the library.
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    about = signers.PdfSignatureMetadata(
        field_name="Signature",
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    signed = io.BytesIO()
    signers.sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(pdf)),
        about,
        signer=signer,
        new_field_spec=fields.SigFieldSpec("Signature", on_page=0),
        output=signed,
    )
    return signed.getvalue()


def check_certificate(**_kwargs: object) -> list[Error]:
    """Django's system check of the certificate in the settings."""
    path: Path | None = settings.SIGNING_CERTIFICATE
    try:
        if path:
            _signer(_content(path), settings.SIGNING_PASSWORD)
    except BadCertificate as error:
        hint = (
            "Correct DECIDER_SIGNING_CERTIFICATE and DECIDER_SIGNING_PASSWORD, or leave them empty."
        )
        return [Error(str(error), hint=hint, id="decider.E001")]
    return []


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadCertificate(f"The certificate {path} can't be read: {error.strerror}.") from None


def _signer(content: bytes, password: str) -> SimpleSigner:
    """Who signs with the key in these bytes; raises BadCertificate, also where it is too old."""
    # Only servers with a certificate pay for loading these.
    from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12
    from pyhanko.sign.signers import SimpleSigner

    try:
        pair = load_pkcs12(content, password.encode() or None)
    except ValueError:
        raise BadCertificate(
            "The certificate is not a PKCS#12 file, or the password is wrong."
        ) from None
    if pair.key is None or pair.cert is None:
        raise BadCertificate("The PKCS#12 file lacks the private key or its certificate.")
    certificate = pair.cert.certificate
    if not certificate.not_valid_before_utc <= timezone.now() <= certificate.not_valid_after_utc:
        end = certificate.not_valid_after_utc
        raise BadCertificate(f"The certificate isn't valid now; it ends on {end:%Y-%m-%d}.")
    signer: SimpleSigner = SimpleSigner.load_pkcs12_data(content, (), password.encode() or None)
    return signer
