"""How often somebody may do something."""

from __future__ import annotations

import threading

import pytest
from django.db import DatabaseError, connection
from django.db.models import F
from django.test import RequestFactory

from decider.web.limits import Limit, TooOften, address_of, forget_old_uses
from decider.web.models import Use

LIMIT = Limit("try", times=3, seconds=60)


def refused(limit: Limit = LIMIT, who: str = "ada") -> int:
    """In how many seconds a refused use can come again."""
    with pytest.raises(TooOften) as raised:
        limit.spend(who)
    return raised.value.seconds


def spend_all(who: str = "ada") -> None:
    for _ in range(LIMIT.times):
        LIMIT.spend(who)


@pytest.mark.django_db
def test_use_beyond_the_limit_is_refused_until_its_time_is_over():
    spend_all()
    assert 58 <= refused() <= 60
    assert 58 <= refused() <= 60
    Use.objects.update(since=F("since") - LIMIT.seconds)
    spend_all()
    refused()


@pytest.mark.django_db
def test_everybody_and_everything_is_counted_apart_and_forgotten():
    spend_all()
    LIMIT.spend("bob")
    Limit("other", 3, 60).spend("ada")
    LIMIT.forget("ada")
    spend_all()


@pytest.mark.django_db
def test_rows_name_nobody_and_old_ones_go():
    LIMIT.spend("ada@example.org")
    assert "ada" not in str(Use.objects.values().get())
    forget_old_uses()
    assert Use.objects.count() == 1
    Use.objects.update(since=0)
    forget_old_uses()
    assert Use.objects.count() == 0


@pytest.mark.django_db
def test_old_rows_go_as_new_ones_come(monkeypatch):
    Use.objects.create(key="old", since=0, times=1)
    monkeypatch.setattr("decider.web.limits.RARE", "")
    LIMIT.spend("ada")
    assert [use.times for use in Use.objects.all()] == [1]
    assert not Use.objects.filter(key="old").exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_at_the_same_moment_no_more_than_the_limit_pass():
    passed, together = [], threading.Barrier(8)

    def use() -> None:
        together.wait()
        try:
            LIMIT.spend("ada")
            passed.append(1)
        except TooOften:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=use) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(passed) == LIMIT.times


@pytest.mark.django_db
@pytest.mark.parametrize("is_strict", [False, True])
def test_where_nothing_can_be_counted_only_a_strict_limit_refuses(monkeypatch, is_strict):
    def fail(*_):
        raise DatabaseError

    monkeypatch.setattr("decider.web.limits._count", fail)
    limit = Limit("try", 1, 60, is_strict=is_strict)
    if is_strict:
        with pytest.raises(DatabaseError):
            limit.spend("ada")
    else:
        limit.spend("ada")


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (2, "6.6.6.6, 198.51.100.7, 203.0.113.9", "198.51.100.7"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "nonsense", "192.0.2.1"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ],
)
def test_address_is_what_the_outermost_proxy_of_ours_saw(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get(
        "/", REMOTE_ADDR="192.0.2.1", headers={"X-Forwarded-For": forwarded}
    )
    assert address_of(request) == address
