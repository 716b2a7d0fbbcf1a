"""The keys of an installation in a backup: files of the data folder, not rows."""

from __future__ import annotations

import re
from typing import Final

from django.conf import settings

from decider.base.durability import write_private
from decider.site.backup.archive import BackupReader, BackupWriter, BadBackup
from decider.site.installation import has_secret_key, new_secret_key

SECRET_KEY: Final = "keys/secret-key"  # noqa: S105 (a name in the archive)
SIGNING: Final = "keys/signing"
PRIVATE: Final = f"{SIGNING}/private.pem"
PUBLIC: Final = re.compile(rf"{SIGNING}/[0-9a-f]{{16}}\.pem")


def write_keys(writer: BackupWriter) -> None:
    """Add the keys: public ones always, private ones where the manifest says so."""
    for path in sorted(settings.SIGNING_KEY_DIR.glob("*.pem")):
        name = f"{SIGNING}/{path.name}"
        if name != PRIVATE or writer.manifest.has_private_keys:
            _write(writer, name, path.read_bytes())
    if writer.manifest.has_private_keys and settings.SECRET_KEY_FILE.exists():
        key = settings.SECRET_KEY_FILE.read_text(encoding="utf-8").strip()
        _write(writer, SECRET_KEY, key.encode())


def _write(writer: BackupWriter, name: str, content: bytes) -> None:
    with writer.part(name) as part:
        part.write(content)


def check_keys(backup: BackupReader) -> None:
    """Raise BadBackup where there is something else among the keys."""
    for name in backup.names("keys"):
        if name not in (SECRET_KEY, PRIVATE) and not PUBLIC.fullmatch(name):
            raise BadBackup(f"It has an unknown part: {name}")


def use_secret_key(backup: BackupReader) -> bool:
    """Go on with the secret key of the backup; whether the data folder is to keep the key in use.

    One that is set in the environment is stronger, and kept there. Where there is none, one is
    made. Nothing is written yet.
    """
    path = settings.SECRET_KEY_FILE
    kept = path.read_text(encoding="utf-8").strip() if path.exists() else ""
    if has_secret_key() and kept != settings.SECRET_KEY:
        return False
    if SECRET_KEY in backup.manifest.parts:
        settings.SECRET_KEY = _read(backup, SECRET_KEY).decode()
    elif not has_secret_key():
        settings.SECRET_KEY = new_secret_key()
    return True


def install_keys(backup: BackupReader, *, keeps_secret_key: bool) -> None:
    """Put the keys of a backup into the data folder; other public keys stay there."""
    settings.SIGNING_KEY_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in backup.names(SIGNING):
        path = settings.SIGNING_KEY_DIR / name.removeprefix(f"{SIGNING}/")
        write_private(path, _read(backup, name))
    if keeps_secret_key:
        write_private(settings.SECRET_KEY_FILE, settings.SECRET_KEY.encode())


def _read(backup: BackupReader, name: str) -> bytes:
    with backup.open(name) as stream:
        return stream.read()
