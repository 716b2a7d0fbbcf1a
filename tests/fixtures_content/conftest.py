"""The default questionnaire as the engine reads it, without a database."""

from __future__ import annotations

import pytest
from django.conf import settings

from decider.engine.parse import parse
from decider.engine.schema import Questionnaire
from decider.services.files import read_yaml


@pytest.fixture(scope="session")
def questionnaire() -> Questionnaire:
    path = settings.QUESTIONNAIRE_DIR / "where-should-this-run.yaml"
    return parse(read_yaml(path.read_text(encoding="utf-8")))
