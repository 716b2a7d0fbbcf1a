"""PDFs that were given out, and those that are kept, are remembered under signature.

Without it, whoever can write to the database alone could let the server call any file its own.
"""

from __future__ import annotations

from decider.base.digests import sha256
from decider.engine.report.codec import canonical_json
from decider.reports.models import IssuedFile, Report, SignedPdf
from decider.reports.proof.checking import Keys
from decider.reports.proof.entries import instant
from decider.reports.proof.signing import is_signed, sign


def remember_issued(*, report: Report, content: bytes) -> None:
    """Remember a PDF that is given out, to know it again."""
    digest = sha256(content)
    if not IssuedFile.objects.filter(digest=digest).exists():
        file = IssuedFile(report=report, digest=digest)
        file.signed_by, file.signature = sign(issued_statement(file))
        IssuedFile.objects.bulk_create([file], ignore_conflicts=True)


def issued_file(*, report: Report, content: bytes, keys: Keys) -> IssuedFile | None:
    """What is remembered of a PDF of this report that was given out.

    None where that is not signed by one of these keys: somebody else wrote it then.
    """
    file = IssuedFile.objects.filter(digest=sha256(content), report=report).first()
    return file if file and is_issued(file, keys) else None


def is_issued(file: IssuedFile, keys: Keys) -> bool:
    """Whether it is signed by one of these keys that the file was given out."""
    key = keys.get(file.signed_by)
    return bool(key and is_signed(issued_statement(file), file.signature, key))


def is_kept(pdf: SignedPdf, keys: Keys) -> bool:
    """Whether a PDF is byte for byte what one of these keys signed when it was kept."""
    key = keys.get(pdf.signed_by)
    return bool(key and is_signed(kept_statement(pdf), pdf.signature, key))


def issued_statement(file: IssuedFile) -> str:
    """What is signed of a file that was given out."""
    return canonical_json(
        {
            "format": "decider-issued/1",
            "report": str(file.report_id),
            "digest": file.digest,
            "at": instant(file.issued_at),
        }
    )


def kept_statement(pdf: SignedPdf) -> str:
    """What is signed of a PDF that is kept."""
    return canonical_json(
        {"format": "decider-kept/1", "key": pdf.key, "digest": sha256(bytes(pdf.content))}
    )
