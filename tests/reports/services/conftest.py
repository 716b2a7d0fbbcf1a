from tests.reports.proof.conftest import report  # noqa: F401
