"""Environment variables: documented, typed and loud about mistakes."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from decider import settings as module
from decider.environment import (
    env_address,
    env_flag,
    env_list,
    env_number,
    kept_secret_key,
    mail_server,
    secret_key,
)
from decider.settings import BASE_DIR


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


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("smtp://mail.example", ("mail.example", 25, "", "", False, False)),
        (
            "smtp+starttls://ada%40example.org:p%3Aw@mail.example:2525",
            ("mail.example", 2525, "ada@example.org", "p:w", False, True),
        ),
        ("smtps://u:p@mail.example", ("mail.example", 465, "u", "p", True, False)),
    ],
)
def test_mail_server_is_read_from_an_address(address, server):
    assert mail_server(address) == server


@pytest.mark.parametrize("address", ["mail.example", "https://mail.example", "smtp://"])
def test_mail_server_without_scheme_or_host_is_refused_without_its_password(address):
    with pytest.raises(ImproperlyConfigured, match="DECIDER_MAIL_URL can't be read"):
        mail_server(address)


def test_number_is_read_or_refused(monkeypatch):
    monkeypatch.setenv("DECIDER_TRUSTED_PROXIES", "2")
    assert env_number("DECIDER_TRUSTED_PROXIES", default=0) == 2
    monkeypatch.setenv("DECIDER_TRUSTED_PROXIES", "-1")
    with pytest.raises(ImproperlyConfigured, match="is '-1'; write a number like 0"):
        env_number("DECIDER_TRUSTED_PROXIES", default=0)


@pytest.mark.parametrize(
    ("variables", "problem"),
    [
        (
            {"DECIDER_REGISTRATION": "1"},
            "DECIDER_REGISTRATION needs DECIDER_MAIL_URL: whoever registers has to confirm their"
            " e-mail address.",
        ),
        (
            {"DECIDER_OIDC_ISSUER": "https://login.example"},
            "DECIDER_OIDC_ISSUER needs DECIDER_OIDC_CLIENT_ID and DECIDER_OIDC_CLIENT_SECRET.",
        ),
        (
            {"DECIDER_LOCAL_ACCOUNTS": "0"},
            "Without local accounts, people need DECIDER_OIDC_ISSUER or DECIDER_PROXY_USER_HEADER"
            " to sign in.",
        ),
    ],
    ids=["registration", "provider", "no way in"],
)
def test_sign_in_that_can_not_work_stops_the_start(variables, problem):
    assert check_with(variables) == (1, f"Decider can't start: {problem}\n")


@pytest.mark.parametrize(
    "variables",
    [
        {
            "DECIDER_LOCAL_ACCOUNTS": "0",
            "DECIDER_OIDC_ISSUER": "https://login.example",
            "DECIDER_OIDC_CLIENT_ID": "decider",
            "DECIDER_OIDC_CLIENT_SECRET": "secret",
        },
        {"DECIDER_LOCAL_ACCOUNTS": "0", "DECIDER_PROXY_USER_HEADER": "X-Remote-User"},
        {"DECIDER_ADDRESS": "https://decider.example", "DECIDER_PROXY_USER_HEADER": "X-User"},
    ],
    ids=["provider", "proxy", "proxy and passwords"],
)
def test_every_other_way_in_passes_the_checks(variables):
    status, said = check_with({**variables, "DECIDER_SECRET_KEY": settings.SECRET_KEY})
    assert (status, said) == (0, "")


def check_with(variables: dict[str, str], *options: str) -> tuple[int, str]:
    """How the checks end with sign-in and these variables, and what they say."""
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--fail-level", "WARNING", *options],
        capture_output=True,
        text=True,
        cwd=BASE_DIR,
        env={"PATH": os.environ["PATH"], "DECIDER_SIGN_IN": "1", **variables},
    )
    return done.returncode, done.stderr


SAFE = {
    "DECIDER_PRODUCTION": "1",
    "DECIDER_SIGN_IN": "",
    "DECIDER_ADDRESS": "https://decider.example",
    "DECIDER_TRUSTED_PROXIES": "1",
    "DECIDER_SECRET_KEY": settings.SECRET_KEY + "-and-ten-more",
}


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        (
            {
                "DECIDER_DEBUG": "1",
                "DECIDER_ADDRESS": "http://decider.example",
                "DECIDER_ALLOWED_HOSTS": "*",
                "DECIDER_TRUSTED_PROXIES": "",
                "DECIDER_MAIL_URL": "console:",
            },
            [
                "DECIDER_DEBUG is on",
                "DECIDER_ADDRESS is http://decider.example",
                "DECIDER_ALLOWED_HOSTS allows every name",
                "DECIDER_TRUSTED_PROXIES is not set",
                "DECIDER_MAIL_URL=console: prints e-mails",
            ],
        ),
        (
            {"DECIDER_PROXY_USER_HEADER": "X-User", "DECIDER_TRUSTED_PROXIES": "0"},
            ["DECIDER_PROXY_USER_HEADER lets a proxy say who somebody is"],
        ),
    ],
    ids=["everything", "no proxy"],
)
def test_unsafe_settings_stop_a_production_server_and_say_what_to_do(changes, problems):
    status, said = check_with(SAFE | changes)
    first, *others = said.splitlines()
    assert (status, len(others)) == (1, len(problems))
    assert first == "Decider can't start: DECIDER_PRODUCTION=1 asks for a safe server."
    for line, problem in zip(others, problems, strict=True):
        assert line.startswith(f"  - {problem}")


@pytest.mark.parametrize("sign_in", ["", "1"])
def test_safe_settings_pass_the_checks_of_django_for_production(sign_in):
    assert check_with(SAFE | {"DECIDER_SIGN_IN": sign_in}, "--deploy") == (0, "")


WITHOUT_SIGN_IN = """
import sys, decider.wsgi
from django.conf import settings
print([name for name in sys.modules if name.split(".")[0] == "allauth"])
print([name for name in settings.MIDDLEWARE if "ession" in name or "auth" in name])
"""


def test_server_without_sign_in_loads_nothing_for_it():
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_SIGN_IN],
        capture_output=True,
        text=True,
        cwd=BASE_DIR,
        env={"PATH": os.environ["PATH"], "DECIDER_SECRET_KEY": settings.SECRET_KEY},
    )
    assert done.stdout == "[]\n[]\n"


@pytest.mark.parametrize(
    ("variables", "backend"),
    [
        ({}, "django.core.mail.backends.dummy"),
        ({"DECIDER_DEBUG": "1"}, "decider.people.mail_console"),
        ({"DECIDER_MAIL_URL": "console:"}, "decider.people.mail_console"),
        (
            {"DECIDER_DEBUG": "1", "DECIDER_MAIL_URL": "smtp://mail.example"},
            "django.core.mail.backends.smtp",
        ),
    ],
    ids=["nothing", "debug", "console", "server"],
)
def test_emails_go_to_the_console_only_in_development(variables, backend):
    done = subprocess.run(
        [sys.executable, "-c", "from decider.settings import EMAIL_BACKEND; print(EMAIL_BACKEND)"],
        capture_output=True,
        text=True,
        cwd=BASE_DIR,
        env={"PATH": os.environ["PATH"], **variables},
    )
    assert done.stdout == f"{backend}.EmailBackend\n"


def test_import_makes_neither_folder_nor_key(tmp_path):
    folder = tmp_path / "data"
    environment = {"PATH": os.environ["PATH"], "DECIDER_DATA_DIR": str(folder)}
    subprocess.run(
        [sys.executable, "-c", "import decider.settings"],
        check=True,
        cwd=BASE_DIR,
        env=environment,
    )
    assert not folder.exists()


@pytest.mark.parametrize(
    ("variable", "value", "package", "extra"),
    [
        ("DECIDER_DATABASE_URL", "postgres://db/decider", "psycopg", "postgresql"),
        ("DECIDER_SIGNING_CERTIFICATE", "signing.p12", "pyhanko", "pades"),
        ("DECIDER_SIGN_IN", "1", "allauth", "accounts"),
        ("DECIDER_METRICS_TOKEN", "token", "prometheus_client", "metrics"),
    ],
)
def test_variable_that_needs_an_extra_stops_the_start_where_it_is_not_installed(
    tmp_path, variable, value, package, extra
):
    environment = {"PATH": os.environ["PATH"], "DECIDER_DATA_DIR": str(tmp_path), variable: value}
    without = f"import sys; sys.modules[{package!r}] = None; sys.argv = ['manage.py', 'migrate']"
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"{without}; import runpy; runpy.run_path('manage.py', None, '__main__')",
        ],
        capture_output=True,
        text=True,
        cwd=BASE_DIR,
        env=environment,
    )
    assert (done.returncode, done.stderr) == (
        1,
        f"Decider can't start: {variable} needs the package {package}, which is not installed."
        f" ./dev installs it; without ./dev type: pip install -r requirements-{extra}.txt\n",
    )


def test_extras_have_the_locks_that_messages_name():
    project = tomllib.loads((BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for extra, packages in project["optional-dependencies"].items():
        lock = (BASE_DIR / f"requirements-{extra}.txt").read_text(encoding="utf-8")
        default = (BASE_DIR / "requirements.txt").read_text(encoding="utf-8")
        for package in packages:
            pinned = "\n" + re.split(r"[\[>]", package)[0] + "=="
            assert pinned in lock
            assert pinned not in default


@pytest.mark.parametrize("key", ["x", "a" * 100, "0123456789abcdef0123456789abcde"])
def test_key_that_could_be_guessed_is_refused(key):
    with pytest.raises(ImproperlyConfigured, match=f"the secret key has {len(key)} characters"):
        secret_key(key)


def test_kept_key_is_read_without_the_line_end(tmp_path):
    path = tmp_path / "secret-key"
    assert kept_secret_key(path) == ""
    path.write_text("0123456789abcdef0123456789abcdef\n")
    assert kept_secret_key(path) == "0123456789abcdef0123456789abcdef"
