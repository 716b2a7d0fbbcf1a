"""The command migrate, while another process prepares the installation."""

from __future__ import annotations

import threading

import pytest
from django.core.files import locks
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connection

from decider.site.installation import alone


@pytest.fixture
def migrated(monkeypatch, settings, tmp_path) -> threading.Event:
    """Set when Django's own command runs."""
    settings.DATA_DIR = tmp_path
    event = threading.Event()
    monkeypatch.setattr(migrate.Command, "handle", lambda *_, **__: event.set())
    return event


@pytest.mark.django_db(transaction=True)
def test_bare_migrate_waits_for_whoever_prepares(migrated, tmp_path):
    def run():
        call_command("migrate")
        connection.close()

    with (tmp_path / "prepare.lock").open("w") as file:
        locks.lock(file, locks.LOCK_EX)
        other = threading.Thread(target=run)
        other.start()
        assert not migrated.wait(0.1)
    other.join(10)
    assert migrated.is_set()


def test_whoever_prepares_migrates_without_waiting_for_themselves(migrated, db):
    with alone():
        call_command("migrate")
    assert migrated.is_set()
