"""What is done in a round is in the history of its assessment."""

from __future__ import annotations

import re
import uuid
from importlib import import_module

import pytest
from django.db.migrations.loader import MigrationLoader
from django.urls import reverse

from decider.assessments.models import Assessment, Change, ChangeKind
from decider.assessments.services import questionnaire_for, state_token
from decider.rounds.models import Participant, Round
from decider.rounds.services import (
    NothingAnswered,
    RoundIsClosed,
    begin_round,
    close_round,
    finish,
    forget_participants,
    invite,
    join,
    remove_participant,
    restore_participant,
    revoke,
)
from tests.rounds.conftest import key_of, take_part


def steps(assessment) -> list[tuple[object, str, str]]:
    """Who did what in rounds to whom, the oldest first."""
    found = assessment.changes.filter(kind=ChangeKind.ROUND).order_by("pk")
    return [(c.actor, c.details["step"], c.details.get("whom", "")) for c in found]


def sentences(editor, assessment) -> list[str]:
    """What the page of the history says about rounds, the newest first."""
    text = editor.get(reverse("history", args=[assessment.pk])).content.decode()
    entries = re.findall(r'<li id="change-\d+">\s*<p>(.*?)</p>', text, re.DOTALL)
    plain = [" ".join(re.sub(r"<[^>]+>", " ", entry).split()) for entry in entries]
    return [entry for entry in plain if "round of independent answers" in entry]


def test_settling_a_round_names_who_did_it(assessment, editor, browser_key, closed):
    question, second = list(questionnaire_for(assessment).questions)[:2]
    settle = reverse("settle_question", args=[assessment.pk, closed.pk, question])
    assert editor.post(settle, {"value": "unknown", "revision": 0}).status_code == 302
    token = state_token(Assessment.objects.get(pk=assessment.pk))
    take_over = reverse("take_over_agreed", args=[assessment.pk, closed.pk])
    editor.post(take_over, {"state_token": token})
    found = Change.objects.filter(assessment=assessment, kind="answer").order_by("pk")
    assert list(found.values_list("actor", "question_key")) == [
        (browser_key, question),
        (browser_key, second),
    ]


def test_each_step_of_a_round_is_in_the_history_with_who_did_it(assessment, browser_key, ada):
    asked, guest = ada.round, key_of(ada)
    invitation, _ = invite(asked=asked, name="Bo", actor=browser_key)
    revoke(invitation=invitation, actor=browser_key)
    remove_participant(participant=ada, actor=browser_key)
    restore_participant(participant=ada, actor=browser_key)
    finish(participant=ada, actor=guest)
    remove_participant(participant=ada, actor=browser_key)
    later, _ = invite(asked=asked, name="", actor=browser_key)
    join(invitation=later, browser=guest, name="Ada")
    close_round(asked=asked, actor=browser_key)
    assert steps(assessment) == [
        (None, "begun", ""),
        (None, "invited", ""),
        (guest, "joined", ""),
        (browser_key, "invited", ""),
        (browser_key, "revoked", ""),
        (browser_key, "removed", str(guest)),
        (browser_key, "let-back", str(guest)),
        (guest, "finished", str(guest)),
        (browser_key, "removed", str(guest)),
        (browser_key, "invited", ""),
        (guest, "let-back", str(guest)),
        (browser_key, "closed", ""),
    ]
    assert {c.details["round"] for c in assessment.changes.filter(kind="round")} == {asked.pk}


def test_what_changes_nothing_in_a_round_is_not_in_the_history(assessment, asked, ada):
    invitation, _ = invite(asked=asked, name="")
    finish(participant=ada)
    remove_participant(participant=ada)
    before = len(steps(assessment))
    begin_round(assessment=assessment)
    remove_participant(participant=ada)
    restore_participant(participant=ada)
    restore_participant(participant=ada)
    finish(participant=ada)
    join(invitation=invitation, browser=key_of(ada), name="Ada")
    empty = take_part(asked, "Cy")
    with pytest.raises(NothingAnswered):
        finish(participant=empty)
    assert [step for _, step, _ in steps(assessment)[before:]] == ["let-back", "invited", "joined"]
    close_round(asked=asked)
    closed = steps(assessment)
    for act in (
        lambda: revoke(invitation=invitation),
        lambda: close_round(asked=asked),
        lambda: remove_participant(participant=ada),
        lambda: restore_participant(participant=ada),
    ):
        with pytest.raises(RoundIsClosed):
            act()
    assert steps(assessment) == closed


def test_pages_of_a_round_say_who_does_it(assessment, editor, browser_key, ada):
    def send(view, *more, **data):
        return editor.post(reverse(view, args=[assessment.pk, *more]), data)

    begun = len(steps(assessment))
    send("invite_to_round", name="")
    send("revoke_round_invitation", ada.round.invitations.get().pk)
    send("remove_participant", ada.pk)
    send("restore_participant", ada.pk)
    send("close_round", ada.round_id)
    send("begin_round")
    assert [(actor, step) for actor, step, _ in steps(assessment)[begun:]] == [
        (browser_key, step)
        for step in ("invited", "revoked", "removed", "let-back", "closed", "begun")
    ]


def test_history_tells_a_round_with_names_and_leads_to_it(assessment, editor, browser_key, ada):
    finish(participant=ada, actor=key_of(ada))
    remove_participant(participant=ada, actor=browser_key)
    later, _ = invite(asked=ada.round, name="", actor=browser_key)
    join(invitation=later, browser=key_of(ada), name="Ada")
    remove_participant(participant=ada, actor=browser_key)
    restore_participant(participant=ada, actor=browser_key)
    close_round(asked=ada.round, actor=browser_key)
    assert sentences(editor, assessment)[:9] == [
        "Browser 1 this browser closed the round of independent answers",
        "Browser 1 this browser let Ada back into the round of independent answers",
        "Browser 1 this browser removed Ada from the round of independent answers",
        "Ada came back to the round of independent answers",
        "Browser 1 this browser made a link to the round of independent answers",
        "Browser 1 this browser removed Ada from the round of independent answers",
        "Ada handed in their answers in the round of independent answers",
        "Ada joined the round of independent answers",
        "The server’s administrator made a link to the round of independent answers",
    ]
    response = editor.get(reverse("history", args=[assessment.pk]))
    assert f'href="{ada.round.get_absolute_url()}"' in response.content.decode()
    assert "Ada" in dict(response.context["form"].fields["person"].choices).values()


def test_participant_is_named_after_their_answers_are_gone_and_by_no_name_once_erased(
    assessment, editor, ada
):
    key = key_of(ada)
    ada.assessment.delete()
    assert sentences(editor, assessment)[0].startswith("Ada joined")
    forget_participants(keys=[key], name="Ada")
    assert sentences(editor, assessment)[0].startswith(f"Erased {ada.pk} joined")


def test_migration_takes_the_owner_of_the_answers_for_who_joined(asked, ada):
    asked.participants.create(name="Gone")
    Participant.objects.update(joined_by=None)
    then = MigrationLoader(None).project_state(("rounds", "0003_who_joined")).apps
    import_module("decider.rounds.migrations.0003_who_joined").keep_owners(then, None)
    found = Participant.objects.values_list("name", "joined_by")
    assert list(found) == [("Ada", key_of(ada)), ("Gone", None)]


def test_participant_whom_an_earlier_version_kept_without_key_is_somebody(assessment, editor, ada):
    Participant.objects.update(joined_by=None)
    ada.refresh_from_db()
    remove_participant(participant=ada, actor=uuid.uuid4())
    assert "removed somebody from the round" in sentences(editor, assessment)[0]


def test_answers_of_a_participant_say_why_they_were_begun(ada):
    assert ada.assessment.changes.get(kind="started").details == {"source": "round"}


def test_step_and_its_entry_are_saved_together_or_not_at_all(assessment, asked, ada, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError

    invitation, _ = invite(asked=asked, name="")
    monkeypatch.setattr(Change.objects, "create", fail)
    for act in (
        lambda: close_round(asked=asked),
        lambda: invite(asked=asked, name=""),
        lambda: revoke(invitation=invitation),
        lambda: remove_participant(participant=ada),
        lambda: finish(participant=ada),
        lambda: join(invitation=invitation, browser=uuid.uuid4(), name="Bo"),
    ):
        with pytest.raises(RuntimeError):
            act()
    assert Round.objects.get().is_open
    assert Participant.objects.filter(removed_at=None, finished_at=None).count() == 1
    assert asked.invitations.get() == invitation
    assert Assessment.objects.count() == 2
