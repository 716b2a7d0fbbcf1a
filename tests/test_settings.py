"""Environment variables: documented, typed and loud about mistakes."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from decider import settings as module
from decider.settings import BASE_DIR, env_address, env_flag, env_list, secret_key


def variables(path: Path, pattern: str) -> set[str]:
    return set(re.findall(pattern, path.read_text(encoding="utf-8"), re.MULTILINE))


def test_every_variable_is_documented_and_no_other():
    read = variables(Path(module.__file__), r'"(DECIDER_[A-Z_]+)"')
    assert variables(BASE_DIR / ".env.example", r"^(DECIDER_[A-Z_]+)=") == read


@pytest.mark.parametrize(("text", "value"), [("1", True), ("off", False), ("YES", True)])
def test_flag_is_read_from_common_words(monkeypatch, text, value):
    monkeypatch.setenv("DECIDER_DEBUG", text)
    assert env_flag("DECIDER_DEBUG", default=not value) is value


def test_flag_refuses_other_words(monkeypatch):
    monkeypatch.setenv("DECIDER_DEBUG", "maybe")
    with pytest.raises(ImproperlyConfigured, match="DECIDER_DEBUG is 'maybe'; write 1 or 0"):
        env_flag("DECIDER_DEBUG", default=False)


def test_list_is_split_at_commas(monkeypatch):
    monkeypatch.setenv("DECIDER_ALLOWED_HOSTS", " a.example, b.example ,")
    assert env_list("DECIDER_ALLOWED_HOSTS", default=[]) == ["a.example", "b.example"]


def test_address_without_scheme_is_refused(monkeypatch):
    monkeypatch.setenv("DECIDER_ADDRESS", "decider.example")
    with pytest.raises(ImproperlyConfigured, match="like https://"):
        env_address("DECIDER_ADDRESS", default="")


def test_secret_key_is_made_once_and_readable_by_its_owner_only(monkeypatch, tmp_path):
    monkeypatch.delenv("DECIDER_SECRET_KEY", raising=False)
    first = secret_key(tmp_path)
    assert secret_key(tmp_path) == first
    assert len(first) > 50
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600
