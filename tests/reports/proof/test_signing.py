"""The keys that sign: made once, kept from others, changed without losing what was signed."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from decider.reports.proof.signing import (
    NotAKey,
    is_signed,
    public_keys,
    published_keys,
    read_keys,
    rotate_keys,
    sign,
)


def test_first_signature_makes_a_key_that_only_its_owner_may_read(settings):
    assert public_keys() == {}
    key, value = sign("text")
    private = settings.SIGNING_KEY_DIR / "private.pem"
    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.SIGNING_KEY_DIR.stat().st_mode) == 0o700
    assert list(public_keys()) == [key]
    assert is_signed("text", value, public_keys()[key])


def test_signatures_at_the_same_moment_are_by_one_key(settings):
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(sign, ["text"] * 32))
    assert len(set(made)) == 1
    names = sorted(path.name for path in settings.SIGNING_KEY_DIR.iterdir())
    assert names == sorted([f"{made[0][0]}.pem", "private.pem"])


@pytest.mark.parametrize("value", ["", "?", "AAAA", "ü", "A" * 88])
def test_other_values_are_no_signature(value):
    key, _ = sign("text")
    assert not is_signed("text", value, public_keys()[key])


def test_signature_of_another_text_does_not_fit():
    key, value = sign("text")
    assert not is_signed("texts", value, public_keys()[key])


def test_new_key_signs_and_the_old_one_still_proves():
    old, value = sign("text")
    new = rotate_keys()
    assert sign("text")[0] == new != old
    assert set(public_keys()) == {old, new}
    assert is_signed("text", value, public_keys()[old])
    assert not is_signed("text", value, public_keys()[new])


def test_published_keys_are_read_back_with_the_signing_one_first():
    old, _ = sign("text")
    new = rotate_keys()
    text = published_keys()
    assert [line for line in text.splitlines() if line.startswith("Key")] == [
        f"Key {new}, signs now",
        f"Key {old}, signed before",
    ]
    assert list(read_keys(text.encode())) == [new, old]
    assert "PRIVATE" not in text


def test_file_without_a_fitting_key_is_refused():
    other = generate_private_key(SECP256R1()).public_key()
    pem = other.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    damaged = b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"
    for content in (b"", b"\xff\x00", pem, damaged):
        with pytest.raises(NotAKey):
            read_keys(content)
