"""Share links with a passphrase: asked for, throttled, and never shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import F
from django.urls import reverse

from decider.reports.models import ShareLink
from decider.reports.services.sharing import (
    PASSPHRASES,
    is_passphrase,
    revoke_share_link,
    share_report,
)
from decider.web.limits import TooOften
from decider.web.models import Use
from tests.conftest import reader_of

SECRET = "correct horse"
PAGES = ["shared_report", "shared_report_pdf", "shared_report_pdf_letter", "shared_report_export"]


@pytest.fixture
def link_and_token(report):
    return share_report(report=report, label="Board", lifetime=timedelta(days=7), passphrase=SECRET)


@pytest.fixture
def link(link_and_token):
    return link_and_token[0]


@pytest.fixture
def reader(link_and_token):
    return reader_of(link_and_token[1])


@pytest.fixture
def question(link):
    """The address that asks for the passphrase."""
    return reverse("shared_passphrase", args=[link.public_id])


def pages(link):
    """The addresses of the shared report and its files."""
    kinds = {"shared_report_export": ["json"]}
    return [reverse(name, args=[link.public_id, *kinds.get(name, [])]) for name in PAGES]


def test_every_page_of_the_link_asks_first(link, reader, question):
    assert [reader.get(url).url for url in pages(link)] == [question] * 4
    assert "This report needs a passphrase" in reader.get(question).content.decode()
    link.refresh_from_db()
    assert link.openings == 0


def test_right_passphrase_opens_the_report(link, reader, question):
    opened = reader.post(question, {"passphrase": f"  {SECRET} "})
    assert opened.url == pages(link)[0]
    assert reader.get(opened.url).status_code == 200
    assert reader.get(pages(link)[3]).status_code == 200
    assert reader.get(question).url == opened.url


@pytest.mark.parametrize("passphrase", ["", "wrong horse", "Correct horse"])
def test_wrong_passphrase_is_told_at_its_field_and_not_repeated(link, reader, question, passphrase):
    page = reader.post(question, {"passphrase": passphrase})
    assert page.status_code == 422
    told = "That is not the passphrase of this link." if passphrase else "Enter the passphrase."
    assert page.context["form"].errors == {"passphrase": [told]}
    assert f'value="{passphrase}"' not in page.content.decode()
    assert reader.get(pages(link)[0]).url == question


def test_passphrase_of_one_browser_opens_no_other(link_and_token, reader, question):
    reader.post(question, {"passphrase": SECRET})
    other = reader_of(link_and_token[1])
    assert other.get(pages(link_and_token[0])[0]).url == question


def test_after_some_wrong_passphrases_even_the_right_one_has_to_wait(link, reader, question):
    for _ in range(PASSPHRASES.times):
        reader.post(question, {"passphrase": "wrong horse"})
    page = reader.post(question, {"passphrase": SECRET})
    assert page.status_code == 429
    assert 890 < int(page.headers["Retry-After"]) <= 900
    assert "in 15 minutes" in page.content.decode()
    Use.objects.update(since=F("since") - PASSPHRASES.seconds)
    assert reader.post(question, {"passphrase": SECRET}).status_code == 302


def test_right_passphrase_clears_the_wrong_ones(link):
    for _ in range(2):
        for _ in range(PASSPHRASES.times - 1):
            assert is_passphrase(link=link, passphrase="wrong") is False
        assert is_passphrase(link=link, passphrase=SECRET) is True


def test_refused_attempt_says_when_to_try_again_and_is_not_counted(link):
    for _ in range(PASSPHRASES.times):
        is_passphrase(link=link, passphrase="wrong")
    since = Use.objects.get().since
    for _ in range(2):
        with pytest.raises(TooOften) as refused:
            is_passphrase(link=link, passphrase=SECRET)
        assert refused.value.seconds > PASSPHRASES.seconds - 10
    assert Use.objects.get().since == since


def test_passphrase_is_kept_as_a_hash_only(link):
    assert SECRET not in str(vars(ShareLink.objects.get()))


def test_revoked_link_no_longer_asks(link, reader, question):
    revoke_share_link(link=link)
    assert [reader.get(url).status_code for url in (question, pages(link)[0])] == [410, 410]


def test_link_is_made_with_a_passphrase_of_some_length(editor, report):
    url = reverse("share", args=[report.pk])
    sent = {"label": "", "shows": "this", "days": "7"}
    short = editor.post(url, {**sent, "passphrase": "short"})
    assert short.context["form"].errors == {"passphrase": ["Use at least 8 characters."]}
    made = editor.post(url, {**sent, "passphrase": SECRET})
    assert SECRET not in made.content.decode()
    assert is_passphrase(link=ShareLink.objects.get(), passphrase=SECRET) is True
