"""What a power cut may not undo."""

import pytest
from django.db import connection

from decider.base.durability import durable

FULL, NORMAL = 2, 1

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL waits always"),
]


def synchronous() -> int:
    with connection.cursor() as cursor:
        return cursor.execute("PRAGMA synchronous").fetchone()[0]


def test_transaction_waits_for_the_disk_and_others_do_not():
    assert synchronous() == NORMAL
    with durable():
        assert synchronous() == FULL
    assert synchronous() == NORMAL


def test_failed_transaction_leaves_no_waiting_behind():
    with pytest.raises(ValueError, match="x"), durable():
        raise ValueError("x")
    assert synchronous() == NORMAL
