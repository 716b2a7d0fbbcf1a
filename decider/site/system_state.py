"""The state of the system, for those who run it: on a page of the administration, or by command."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Final, NamedTuple

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Count, Max, Model, Q
from django.template.defaultfilters import filesizeformat

from decider import __version__
from decider.assessments.history import CHANGES
from decider.assessments.models import Assessment
from decider.environment import CONSOLE
from decider.people.limits import ACTIONS, AN_OFFICE, SPAN
from decider.people.models import Person, Team
from decider.questionnaires.models import QuestionnaireVersion
from decider.reports.models import DecisionRecord, Report, ShareLink, SignedPdf
from decider.reports.pdf.pades import certificate_digest
from decider.reports.proof.signing import current_key, public_keys
from decider.reports.queue import work_queue
from decider.reports.services.sharing import PASSPHRASES
from decider.site.models import Installation
from decider.site.readiness import readiness
from decider.web.limits import Limit

PACKAGES: Final = ("Django", "granian", "weasyprint", "cryptography")
COUNTED: Final[dict[str, type[Model]]] = {
    "Versions of questionnaires": QuestionnaireVersion,
    "Assessments": Assessment,
    "Reports": Report,
    "Decision records": DecisionRecord,
    "Share links": ShareLink,
    "PDFs with a PAdES signature": SignedPdf,
}
OFF: Final = "off"


class Part(NamedTuple):
    """One subject: what each of its rows is called, and what there is to say."""

    title: str
    rows: dict[str, str]


def system_state() -> list[Part]:
    """Everything that is known; raises DatabaseError where the database can't be read."""
    return [
        Part("Ready", {name.replace("_", " "): words for name, words in readiness().items()}),
        Part("Versions", _versions()),
        Part("Database", _database()),
        Part("What is kept", _counts()),
        Part("Files", _files()),
        Part("Printing", _printing()),
        Part("Keys", _keys()),
        Part("Settings", _settings()),
        Part("Limits", _limits()),
    ]


def _versions() -> dict[str, str]:
    names = {name: version(name) for name in PACKAGES}
    return {"Decider": __version__, "Python": platform.python_version(), **names}


def _database() -> dict[str, str]:
    applied = MigrationRecorder.Migration.objects.aggregate(count=Count("pk"), last=Max("applied"))
    backed_up = Installation.objects.values_list("backed_up_at", flat=True).first()
    return {
        "Kind": f"{connection.display_name} {'.'.join(map(str, _database_version()))}",
        "Size": filesizeformat(_database_size()),
        "Migrations": f"{applied['count']} applied, the last on {_time(applied['last'])}",
        "Last backup": _time(backed_up) if backed_up else "none known",
    }


def _database_version() -> Iterable[int]:
    return connection.get_database_version()


def _database_size() -> int:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
    path = Path(connection.settings_dict["NAME"])
    return sum(part.stat().st_size for part in (path, *path.parent.glob(f"{path.name}-wal")))


def _counts() -> dict[str, str]:
    counts = {name: model._default_manager.count() for name, model in COUNTED.items()}
    if settings.SIGN_IN:
        may_sign_in = Q(is_active=True)
        counts["People who may sign in"] = Person.objects.filter(may_sign_in).count()
        counts["Administrators"] = Person.objects.filter(may_sign_in, is_staff=True).count()
        counts["Teams"] = Team.objects.count()
    return {name: str(count) for name, count in counts.items()}


def _files() -> dict[str, str]:
    return {
        "Data folder": str(settings.DATA_DIR),
        "Free space there": filesizeformat(shutil.disk_usage(settings.DATA_DIR).free),
    }


def _printing() -> dict[str, str]:
    kept = [path.stat().st_size for path in Path(settings.CACHES["pdf"]["LOCATION"]).glob("*")]
    most = settings.CACHES["pdf"]["OPTIONS"]["MAX_ENTRIES"]
    return {
        "Printed PDFs kept": f"{len(kept)} of at most {most}, {filesizeformat(sum(kept))}",
        "Waiting in the queue of this process": str(len(work_queue)),
    }


def _keys() -> dict[str, str]:
    return {
        "Key that signs": current_key(),
        "Keys that signed before": str(len(public_keys()) - 1),
        "Certificate of PDFs (SHA-256)": certificate_digest() or OFF,
    }


def _settings() -> dict[str, str]:
    return {
        "Address": settings.ADDRESS,
        "Production mode": _switch(settings.PRODUCTION),
        "Processes and threads": _of_environment("WORKERS", "THREADS"),
        "Proxies in front": str(settings.TRUSTED_PROXIES),
        "Sign-in": _sign_in() if settings.SIGN_IN else OFF,
        "E-mail": _mail() if settings.MAIL_URL else OFF,
        "Metrics": _switch(settings.METRICS_TOKEN),
        "Reports of errors": _switch(settings.SENTRY_DSN),
        "Traces": settings.TRACES_ENDPOINT or OFF,
    }


def _sign_in() -> str:
    ways = {
        "password": settings.LOCAL_ACCOUNTS,
        "OpenID Connect": settings.OIDC_ISSUER,
        "proxy": settings.PROXY_USER_HEADER,
        "registration is open": settings.REGISTRATION,
    }
    return ", ".join(way for way, is_on in ways.items() if is_on)


def _mail() -> str:
    if settings.MAIL_URL == CONSOLE:
        return "printed on the console"
    return f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}, from {settings.DEFAULT_FROM_EMAIL}"


def _limits() -> dict[str, str]:
    rows = {action.name.capitalize(): _times(action.limit) for action in ACTIONS}
    rows |= {"By one address": f"{AN_OFFICE} times as often, in {SPAN // 60} minutes"}
    rows |= {CHANGES.name.capitalize(): _times(CHANGES)}
    passphrases = {PASSPHRASES.name.capitalize(): _times(PASSPHRASES)}
    return {**(rows if settings.LIMITS else {"All others": OFF}), **passphrases}


def _times(limit: Limit) -> str:
    return f"{limit.times} in {limit.seconds // 60} minutes"


def _switch(is_on: object) -> str:
    return "on" if is_on else OFF


def _of_environment(*names: str) -> str:
    return ", ".join(f"{name}={os.environ.get(name) or 'default'}" for name in names)


def _time(moment: object) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
