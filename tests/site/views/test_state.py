"""What other programs ask the server."""

from __future__ import annotations

import pytest
from django.db.migrations.recorder import MigrationRecorder
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from decider.reports.pdf.worker.client import worker
from decider.site.models import Installation
from decider.site.views.state import metrics
from tests.site.views.test_pages import closed_to_writers

GOOD = dict.fromkeys(("database", "migrations", "storage", "pdf_worker"), "ok")


@pytest.fixture(autouse=True)
def fit_worker(monkeypatch, settings, tmp_path) -> None:
    """No process that prints is started, and the data folder is the test's own."""
    monkeypatch.setattr(worker, "is_fit", lambda: True)
    settings.DATA_DIR = tmp_path


def not_ready(**wrong: str) -> tuple[int, dict[str, object]]:
    """The answer that names what is wrong."""
    return 503, {"status": "not ready", "checks": GOOD | wrong}


def asked(client) -> tuple[int, dict[str, object]]:
    response = client.get(reverse("readyz"))
    return response.status_code, response.json()


def test_alive_server_says_so_without_a_database(client):
    assert client.get(reverse("healthz")).json() == {"status": "ok"}


def test_ready_server_has_written_to_the_database(db, client):
    before = timezone.now()
    Installation.objects.create(key_salt="", key_digest="", checked_at=before)
    assert asked(client) == (200, {"status": "ok", "checks": GOOD})
    assert Installation.objects.get().checked_at > before


def test_server_with_unapplied_migrations_is_not_ready(db, client):
    MigrationRecorder.Migration.objects.filter(app__in=("decider", "reports")).delete()
    assert asked(client) == not_ready(migrations="unapplied")


def test_server_that_can_not_write_to_its_database_is_not_ready(db, client):
    with closed_to_writers():
        assert asked(client) == not_ready(database="can't be written")


def test_server_without_its_data_folder_is_not_ready(db, client, settings, tmp_path):
    settings.DATA_DIR = tmp_path / "gone"
    assert asked(client) == not_ready(storage="can't be written")


def test_server_that_can_not_print_is_not_ready(db, client, monkeypatch):
    monkeypatch.setattr(worker, "is_fit", lambda: False)
    assert asked(client) == not_ready(pdf_worker="failed")


@pytest.mark.parametrize(
    ("header", "status"), [("Bearer s3cret-token", 200), ("Bearer other", 401), ("", 401)]
)
def test_metrics_are_for_whoever_knows_the_token(settings, monkeypatch, header, status):
    monkeypatch.delenv("PROMETHEUS_MULTIPROC_DIR", raising=False)
    settings.METRICS_TOKEN = "s3cret-token"
    response = metrics(RequestFactory().get("/metrics", headers={"Authorization": header}))
    assert response.status_code == status
    assert (b"python_info" in response.content) is (status == 200)


def test_metrics_have_no_address_without_a_token(db, client):
    assert client.get("/metrics").status_code == 404
