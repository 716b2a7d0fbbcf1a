"""What an installation needs before it starts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core.signing import Signer

from decider.site.installation import (
    WrongSecretKey,
    make_data_folder,
    make_secret_key,
    remember_secret_key,
)
from decider.site.models import Installation

OLD, NEW = "old-0123456789-abcdefghijklmnopqrstuvw", "new-0123456789-abcdefghijklmnopqrstuvw"


def prepare(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run `manage.py prepare` on this data folder, in a process of its own."""
    environment = {"PATH": os.environ["PATH"], "DECIDER_DATA_DIR": str(folder), **variables}
    return subprocess.run(
        [sys.executable, "manage.py", "prepare", *arguments],
        cwd=configured.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
    )


def test_secret_key_is_made_once_and_readable_by_its_owner_only(tmp_path):
    path = tmp_path / "secret-key"
    first = make_secret_key(path)
    assert make_secret_key(path) == first
    assert len(first) > 50
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_secret_key_is_on_the_disk_before_it_is_used(tmp_path, monkeypatch):
    synced = []
    monkeypatch.setattr(
        os, "fsync", lambda fd: synced.append(str(Path(f"/proc/self/fd/{fd}").readlink()))
    )
    make_secret_key(tmp_path / "secret-key")
    draft, folder = synced
    assert draft.startswith(str(tmp_path / ".secret-key."))
    assert folder == str(tmp_path)


def test_data_folder_that_can_not_be_written_is_named(settings, tmp_path, refused):
    (tmp_path / "taken").touch()
    settings.DATA_DIR = tmp_path / "taken" / "data"
    assert refused("prepare").startswith(
        f"The data folder {settings.DATA_DIR} can't be written: Not a directory.\n"
    )


def test_data_folder_that_others_can_read_is_closed_to_them(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    settings.DATA_DIR.chmod(0o755)
    make_data_folder()
    assert settings.DATA_DIR.stat().st_mode & 0o777 == 0o750


@pytest.mark.django_db
def test_wrong_key_is_refused_and_nothing_tells_the_right_one(settings):
    settings.SECRET_KEY = OLD
    remember_secret_key()
    remember_secret_key()
    assert OLD not in str(Installation.objects.values().get())
    settings.SECRET_KEY = NEW
    with pytest.raises(WrongSecretKey):
        remember_secret_key()


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["fallback", "accepted"])
def test_key_is_changed_on_purpose(settings, way):
    settings.SECRET_KEY = OLD
    remember_secret_key()
    settings.SECRET_KEY = NEW
    settings.SECRET_KEY_FALLBACKS = [OLD] if way == "fallback" else []
    remember_secret_key(accept=way == "accepted")
    settings.SECRET_KEY_FALLBACKS = []
    remember_secret_key()
    assert Installation.objects.count() == 1


def test_what_a_fallback_signed_stays_valid(settings):
    settings.SECRET_KEY = OLD
    signed = Signer().sign("x")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    assert Signer().unsign(signed) == "x"


def test_two_who_prepare_at_once_get_one_installation_that_others_can_t_read(tmp_path):
    folder = tmp_path / "data"
    command = [sys.executable, "manage.py", "prepare"]
    environment = {"PATH": os.environ["PATH"], "DECIDER_DATA_DIR": str(folder)}
    both = [subprocess.Popen(command, cwd=configured.BASE_DIR, env=environment) for _ in range(2)]
    assert [process.wait(120) for process in both] == [0, 0]
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "decider.sqlite3").stat().st_mode & 0o777 == 0o600
    wrong = prepare(folder, DECIDER_SECRET_KEY=NEW)
    assert wrong.returncode == 1
    assert "The secret key isn't the one that this data was made with" in wrong.stderr
    assert prepare(folder, "--accept-new-key", DECIDER_SECRET_KEY=NEW).returncode == 0


def test_key_that_could_be_guessed_stops_the_start(tmp_path):
    done = prepare(tmp_path, DECIDER_SECRET_KEY="x")
    assert done.returncode == 1
    assert "Decider can't start: the secret key has 1 characters" in done.stderr
