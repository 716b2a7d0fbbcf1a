"""The file of a backup, without any database."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from decider.site.backup.archive import (
    FORMAT,
    BackupWriter,
    BadBackup,
    Manifest,
    open_backup,
)

CONTENT = b'{"n": 1}\n{"n": 2}\n' * 50


def manifest(**changes: object) -> Manifest:
    """The manifest of a backup without parts."""
    values = {
        "format": FORMAT,
        "made_at": "2026-11-21T12:00:00+00:00",
        "database": "sqlite",
        "django": "5.2",
        "migrations": {},
        "has_private_keys": False,
    }
    return Manifest(**(values | changes))


@pytest.fixture
def path(tmp_path) -> Path:
    """A backup with one part of rows."""
    path = tmp_path / "backup"
    write(path, manifest())
    return path


def write(path: Path, content: Manifest) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        writer = BackupWriter(archive, content)
        with writer.part("rows/a.b.jsonl") as part:
            part.write(CONTENT)
        writer.finish()


def refusal(path: Path) -> str:
    """Why a file is refused."""
    with pytest.raises(BadBackup) as raised, open_backup(path):
        pass
    return str(raised.value)


def test_part_is_read_as_it_was_written_and_counted(path):
    with open_backup(path) as backup:
        assert backup.names("rows") == ["rows/a.b.jsonl"]
        assert backup.open("rows/a.b.jsonl").read() == CONTENT
        part = backup.manifest.parts["rows/a.b.jsonl"]
    assert (part.lines, part.size) == (100, len(CONTENT))


def test_change_of_a_part_or_the_manifest_is_noticed(path):
    whole = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        directory = archive.start_dir
    unnoticed = []
    for position in range(0, directory, 3):
        changed = bytearray(whole)
        changed[position] ^= 0x10
        path.write_bytes(changed)
        try:
            with open_backup(path) as backup:
                unnoticed.append((position, backup.open("rows/a.b.jsonl").read() == CONTENT))
        except BadBackup:
            continue
    # A few bytes of headers, such as times, mean nothing: what is read then is the same.
    assert all(same for _, same in unnoticed)
    assert len(unnoticed) < 30


@pytest.mark.parametrize("left", [0, 10, -1, -200])
def test_file_that_was_cut_short_is_refused(path, left):
    path.write_bytes(path.read_bytes()[:left])
    assert refusal(path) == "It is not a backup of Decider, or it was cut short."


def test_archive_of_something_else_is_refused(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("letter.txt", "Dear all")
    assert refusal(path) == "It is not a backup of Decider."


@pytest.mark.parametrize("text", ["", "[]", '{"format": "decider-backup/1"}', "\xff"])
def test_manifest_that_is_none_is_refused(path, text):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("manifest.json", text.encode("latin-1"))
    assert "It is not a backup that this version can read" in refusal(path)


def test_backup_of_a_later_format_is_refused(path):
    write(path, manifest(format="decider-backup/2"))
    assert (
        refusal(path) == "Its format is 'decider-backup/2'; this version reads 'decider-backup/1'."
    )


def test_part_that_the_manifest_does_not_know_is_refused(path):
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("keys/other", "x")
    assert refusal(path) == "It is damaged: its parts are not those of its manifest."


def test_part_in_the_place_of_another_is_refused(path):
    with zipfile.ZipFile(path) as archive:
        text = archive.read("manifest.json")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("rows/a.b.jsonl", CONTENT.replace(b"1", b"3"))
        archive.writestr("manifest.json", text)
    assert refusal(path) == "It is damaged: rows/a.b.jsonl is not as it was written."
