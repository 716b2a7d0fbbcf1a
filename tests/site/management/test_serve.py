"""What the server is started with."""

from __future__ import annotations

import socket

import pytest
from django.contrib.staticfiles.finders import find
from django.core.management import CommandError, call_command

from decider.site.management.commands.serve import granian_arguments


@pytest.mark.parametrize(("production", "workers"), [(False, "1"), (True, "2")])
def test_production_server_has_several_workers_that_are_replaced(
    settings, monkeypatch, production, workers
):
    for name in ("HOST", "PORT", "WORKERS"):
        monkeypatch.delenv(name, raising=False)
    settings.PRODUCTION = production
    arguments = granian_arguments()
    assert arguments[arguments.index("--workers") + 1] == workers
    assert arguments[arguments.index("--host") + 1] == "127.0.0.1"
    assert "--respawn-failed-workers" in arguments


def test_variables_say_where_it_listens_and_with_how_many(monkeypatch):
    for name, value in {"HOST": "0.0.0.0", "PORT": "80", "WORKERS": "3"}.items():
        monkeypatch.setenv(name, value)
    command = " ".join(granian_arguments())
    assert "--host 0.0.0.0 --port 80 --workers 3 " in command


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_second_server_on_a_port_does_not_start(monkeypatch, host):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, 0), family=family, reuse_port=True) as other:
        monkeypatch.setenv("HOST", host)
        monkeypatch.setenv("PORT", str(other.getsockname()[1]))
        with pytest.raises(CommandError, match="is Decider running already"):
            call_command("serve")


def test_server_without_static_files_does_not_start(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    with pytest.raises(CommandError, match="The static files are not collected"):
        call_command("serve")


def test_server_whose_static_files_were_collected_for_less_does_not_start(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "staticfiles.json").write_text('{"paths": {"web/base.css": "web/base.1.css"}}')
    with pytest.raises(CommandError, match="or not all that these settings need"):
        call_command("serve")


@pytest.mark.parametrize("path", ["mfa/js/webauthn-json.js", "account/js/onload.js"])
def test_files_that_sign_in_needs_are_collected_before_it_is_switched_on(path):
    assert find(path)
    assert find("admin/css/base.css")
