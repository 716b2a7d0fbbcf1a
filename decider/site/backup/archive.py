"""The file of a backup: a ZIP archive with a manifest that has the checksum of every part."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from typing_extensions import Buffer

FORMAT: Final = "decider-backup/1"
MANIFEST: Final = "manifest.json"
MAX_MANIFEST: Final = 1_000_000
CHUNK: Final = 1_000_000
UNREADABLE: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What Python's zipfile raises for a damaged, encrypted or unknown archive."""


class BadBackup(Exception):
    """A file that can't be restored; the message says why."""


class Part(msgspec.Struct):
    """One part of a backup: its SHA-256 in hexadecimal, its size in bytes, and its lines."""

    sha256: str
    size: int
    lines: int


class Manifest(msgspec.Struct, kw_only=True):
    """What a backup holds.

    `made_at` is a moment in ISO 8601, `database` the kind of database that it comes from,
    `migrations` the last migration of each app, and `has_private_keys` is whether the secret key
    and the key that signs reports are among the parts. `parts` has all parts by name.
    """

    format: str
    made_at: str
    database: str
    django: str
    migrations: dict[str, str]
    has_private_keys: bool
    parts: dict[str, Part] = {}


class PartWriter(io.RawIOBase):
    """Writes bytes to one part, and counts what it writes."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__()
        self._stream = stream
        self._digest = hashlib.sha256()
        self._size = self._lines = 0

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, content: Buffer) -> int:
        """Add to the part."""
        data = bytes(content)
        self._stream.write(data)
        self._digest.update(data)
        self._size += len(data)
        self._lines += data.count(b"\n")
        return len(data)

    @property
    def part(self) -> Part:
        """What was written so far."""
        return Part(self._digest.hexdigest(), self._size, self._lines)


class BackupWriter:
    """A backup being written; the manifest goes in last."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self._archive = archive
        self.manifest = manifest

    @contextmanager
    def part(self, name: str) -> Iterator[PartWriter]:
        """A new part with this name, to write to."""
        with self._archive.open(name, "w", force_zip64=True) as stream:
            writer = PartWriter(stream)
            yield writer
        self.manifest.parts[name] = writer.part

    def finish(self) -> None:
        """Add the manifest."""
        self._archive.writestr(MANIFEST, msgspec.json.format(msgspec.json.encode(self.manifest)))


class BackupReader:
    """A backup whose every part is as it was written."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self._archive = archive
        self.manifest = manifest

    def open(self, name: str) -> IO[bytes]:
        """A part to read."""
        return self._archive.open(name)

    def names(self, folder: str) -> list[str]:
        """The names of the parts in a folder, in order."""
        return sorted(name for name in self.manifest.parts if name.startswith(f"{folder}/"))


@contextmanager
def open_backup(path: Path) -> Iterator[BackupReader]:
    """A backup to read; raises BadBackup unless it is whole and as it was written."""
    with path.open("rb") as file:
        if not zipfile.is_zipfile(file):
            raise BadBackup("It is not a backup of Decider, or it was cut short.")
        try:
            archive = zipfile.ZipFile(file)
            manifest = _manifest(archive)
            _check_parts(archive, manifest)
        except UNREADABLE as error:
            raise BadBackup(f"It is damaged: {error}") from None
        yield BackupReader(archive, manifest)


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    if MANIFEST not in archive.namelist():
        raise BadBackup("It is not a backup of Decider.")
    with archive.open(MANIFEST) as stream:
        try:
            manifest = msgspec.json.decode(stream.read(MAX_MANIFEST), type=Manifest)
        except msgspec.DecodeError as error:
            raise BadBackup(f"It is not a backup that this version can read: {error}") from None
    if manifest.format != FORMAT:
        raise BadBackup(f"Its format is {manifest.format!r}; this version reads {FORMAT!r}.")
    return manifest


def _check_parts(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Raise BadBackup unless the parts are those of the manifest, each with its checksum."""
    if sorted(archive.namelist()) != sorted([MANIFEST, *manifest.parts]):
        raise BadBackup("It is damaged: its parts are not those of its manifest.")
    for name, part in manifest.parts.items():
        if archive.getinfo(name).file_size != part.size or _digest(archive, name) != part.sha256:
            raise BadBackup(f"It is damaged: {name} is not as it was written.")


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
