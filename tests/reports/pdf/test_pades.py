"""The PAdES signature on PDFs of a server that has a certificate."""

import io

import pytest
from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.cache import caches
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from decider.reports.models import SignedPdf
from decider.reports.pdf.cache import cached_pdf
from decider.reports.pdf.order import Order
from decider.reports.pdf.pades import BadCertificate, check_certificate, with_signature
from tests.presentation.builders import METADATA, document
from tests.reports.pdf.certificates import KEY, certificate, packed, use
from tests.reports.pdf.pdf_files import opened, printed


@pytest.fixture
def trusted(settings, tmp_path):
    """The certificate that signs."""
    made = certificate(days=30)
    use(settings, tmp_path / "signing.p12", packed(KEY, made))
    return made


def validity(content, made):
    root = Certificate.load(made.public_bytes(Encoding.DER))
    context = ValidationContext(trust_roots=[root])
    (signature,) = PdfFileReader(io.BytesIO(content)).embedded_signatures
    return validate_pdf_signature(signature, context)


def test_without_a_certificate_nothing_changes():
    assert with_signature(b"%PDF") == b"%PDF"
    assert check_certificate() == []


def test_signed_pdf_is_the_printed_one_with_a_signature_behind_it(trusted):
    before = printed(document())
    content = with_signature(before)
    assert content.startswith(before)
    with opened(before) as first, opened(content) as last:
        assert len(first.pages) == len(last.pages)
        name = "report.json"
        assert (
            last.attachments[name].get_file().read_bytes()
            == first.attachments[name].get_file().read_bytes()
        )
        assert str(last.Root.AcroForm.Fields[0].V.SubFilter) == "/ETSI.CAdES.detached"
        assert "/DocMDP" in last.Root.Perms
    status = validity(content, trusted)
    assert (status.bottom_line, status.coverage.name) == (True, "ENTIRE_FILE")


def test_changed_pdf_breaks_the_signature(trusted):
    content = with_signature(printed(document()))
    changed = content.replace(b"%PDF-1.7", b"%PDF-1.6", 1)
    assert not validity(changed, trusted).intact


@pytest.mark.django_db
def test_signed_pdf_outlives_the_cache(trusted):
    first = cached_pdf(Order(document(), METADATA))
    assert validity(first, trusted).bottom_line
    caches["pdf"].clear()
    assert cached_pdf(Order(document(), METADATA)) == first


@pytest.mark.django_db
def test_signed_pdf_with_a_secret_address_is_not_in_the_database(trusted):
    order = Order(document(), METADATA, secret="of-the-link")
    first = cached_pdf(order)
    assert validity(first, trusted).bottom_line
    assert cached_pdf(order) == first
    assert not SignedPdf.objects.exists()


def test_other_certificate_has_another_key(trusted, settings, tmp_path):
    before = Order(document(), METADATA).key
    use(settings, tmp_path / "other.p12", packed(KEY, certificate(days=40)))
    assert Order(document(), METADATA).key != before


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (lambda: b"hello", "The certificate is not a PKCS#12 file, or the password is wrong."),
        (lambda: packed(None, certificate(days=30)), "lacks the private key or its certificate"),
        (lambda: packed(KEY, certificate(days=1)), "The certificate isn't valid now; it ends on"),
    ],
    ids=["damaged", "no-key", "expired"],
)
def test_certificate_that_cannot_sign_is_told_before_the_start(
    settings, tmp_path, content, message
):
    use(settings, tmp_path / "signing.p12", content())
    assert message in check_certificate()[0].msg
    with pytest.raises(BadCertificate):
        with_signature(b"%PDF")


def test_missing_file_is_told(settings, tmp_path):
    settings.SIGNING_CERTIFICATE = tmp_path / "none.p12"
    assert check_certificate()[0].msg.endswith("none.p12 can't be read: No such file or directory.")


@pytest.mark.django_db
def test_certificate_that_fails_later_leaves_the_pdf_unsigned_and_not_kept(
    settings, tmp_path, caplog
):
    use(settings, tmp_path / "signing.p12", packed(KEY, certificate(days=1)))
    assert cached_pdf(Order(document(), METADATA)) == printed(document())
    assert "went out without PAdES signature" in caplog.text
    use(settings, tmp_path / "signing.p12", packed(KEY, made := certificate(days=30)))
    assert validity(cached_pdf(Order(document(), METADATA)), made).bottom_line
