"""The keys that sign reports: files beside the database, never in it.

`SIGNING_KEY_DIR` holds `private.pem`, which signs, and a public key `<id>.pem` for each key that
ever signed here. Where a public key is deleted, its signatures are those of an unknown key.
"""

from __future__ import annotations

import base64
import binascii
import re
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from django.conf import settings

from decider.base.digests import sha256
from decider.base.durability import write_private

ALGORITHM = "Ed25519"
ID_LENGTH = 16
PEM_BLOCK = re.compile(rb"-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----")


class NotAKey(ValueError):
    """What should hold Ed25519 keys in PEM doesn't."""


def sign(text: str) -> tuple[str, str]:
    """The id of the key that signs now, and its signature in base64."""
    key = _private_key()
    return key_id(key.public_key()), base64.b64encode(key.sign(text.encode())).decode()


def is_signed(text: str, value: str, key: Ed25519PublicKey) -> bool:
    """Whether `value` is this key's signature of the text, in the one base64 that it has.

    The last digit before the padding holds bits that nobody reads: other digits there would give
    the same signature.
    """
    try:
        signature = base64.b64decode(value, validate=True)
        key.verify(signature, text.encode())
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return base64.b64encode(signature).decode() == value


def key_id(key: Ed25519PublicKey) -> str:
    """The first digits of the SHA-256 of the key's 32 bytes, in hexadecimal."""
    return sha256(key.public_bytes_raw())[:ID_LENGTH]


def public_keys() -> dict[str, Ed25519PublicKey]:
    """Every key that ever signed here by its id; none before the first signature."""
    paths = [path for path in settings.SIGNING_KEY_DIR.glob("*.pem") if path != _private_path()]
    return {id_: key for path in sorted(paths) for id_, key in read_keys(path.read_bytes()).items()}


def read_keys(pem: bytes) -> dict[str, Ed25519PublicKey]:
    """The public keys in a PEM file by their ids; raises NotAKey."""
    try:
        keys = [load_pem_public_key(block) for block in PEM_BLOCK.findall(pem)]
    except (ValueError, UnsupportedAlgorithm) as error:
        raise NotAKey("a public key in it is damaged") from error
    ours = {key_id(key): key for key in keys if isinstance(key, Ed25519PublicKey)}
    if not ours:
        raise NotAKey(f"there is no public key for {ALGORITHM} in it")
    return ours


def published_keys() -> str:
    """All public keys in PEM, each below a line with its id; that of the next signature first."""
    current = current_key()
    keys = public_keys()
    others = [id_ for id_ in keys if id_ != current]
    blocks = [(f"Key {current}, signs now", keys[current])]
    blocks += [(f"Key {id_}, signed before", keys[id_]) for id_ in others]
    return "\n".join(f"{line}\n{_pem(key).decode()}" for line, key in blocks)


def current_key() -> str:
    """The id of the key that signs now, which is made where there is none."""
    return key_id(_private_key().public_key())


def rotate_keys() -> str:
    """Make the key that signs from now on, and return its id. Older signatures stay valid."""
    if _private_path().exists():
        _private_key()  # the key that goes leaves its public key in the folder
    key = Ed25519PrivateKey.generate()
    _publish(key.public_key())
    _write(_private_path(), _private_pem(key))
    return key_id(key.public_key())


def _private_key() -> Ed25519PrivateKey:
    """The key that signs now, made where there is none; its public key is in the folder."""
    path = _private_path()
    if not path.exists():
        _write(path, _private_pem(Ed25519PrivateKey.generate()), replace=False)
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise NotAKey(f"{path} holds no private key for {ALGORITHM}")
    _publish(key.public_key())
    return key


def _publish(key: Ed25519PublicKey) -> None:
    path = settings.SIGNING_KEY_DIR / f"{key_id(key)}.pem"
    if not path.exists():
        _write(path, _pem(key))


def _write(path: Path, content: bytes, *, replace: bool = True) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_private(path, content, replace=replace)


def _private_path() -> Path:
    path: Path = settings.SIGNING_KEY_DIR / "private.pem"
    return path


def _private_pem(key: Ed25519PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _pem(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
