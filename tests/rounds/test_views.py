"""The pages of a round: for its owner, for those who take part, and for nobody else."""

from __future__ import annotations

import re
import uuid

import pytest
from django.urls import reverse

from decider.assessments.lifecycle import delete_assessment
from decider.assessments.models import Assessment
from decider.assessments.services import answers_of, edit_token, open_edit_link, state_token
from decider.reports.services.reports import freeze_report
from decider.rounds.models import RoundInvitation
from decider.rounds.services import begin_round, close_round, finish, invite, remove_participant
from tests.conftest import client_of
from tests.rounds.conftest import first_questions, key_of, say, take_part

LINK = re.compile(r'value="[^"]*(/asked/[^"]+)"')


def page(client, name, assessment, *more, status=200) -> str:
    """The text of a page of an assessment."""
    response = client.get(reverse(name, args=[assessment.pk, *more]))
    assert response.status_code == status
    return response.content.decode()


def people_in(text: str, heading: str) -> list[str]:
    """The names in the list below a heading of the page of a round."""
    found = re.search(rf"<h[23][^>]*>{heading}</h[23]>.*?</ul>", text, re.DOTALL)
    return re.findall(r"<strong>(.+?)</strong>", found[0])


def send(client, address, assessment, /, *more, **data):
    """Post to an address of an assessment."""
    return client.post(reverse(address, args=[assessment.pk, *more]), data)


def reread(assessment) -> Assessment:
    """The assessment as it is saved now."""
    return Assessment.objects.get(pk=assessment.pk)


def settle(client, asked, question, **data):
    """Settle a question of a closed round."""
    return send(client, "settle_question", asked.assessment, asked.pk, question.key, **data)


def take_over(client, asked, token, **options):
    """Take over what all agreed on in a closed round."""
    address = reverse("take_over_agreed", args=[asked.assessment_id, asked.pk])
    return client.post(address, {"state_token": token}, **options)


def test_round_from_invitation_to_settlement(editor, assessment):
    send(editor, "begin_round", assessment)
    asked = assessment.rounds.get()
    for name, choice in (("Ada", 0), ("Bo", 1)):
        made = send(editor, "invite_to_round", assessment, name=name).content.decode()
        guest = client_of(uuid.uuid4())
        joined = guest.get(LINK.search(made)[1], follow=True)
        assert f'value="{name}"' in joined.content.decode()
        guest.post(reverse("join_round"), {"name": name})
        own = guest.get(reverse("workspace")).context["rows"][0].assessment
        say(own, first_questions(own)[0], choice, f"{name} says so.")
        assert "I have finished" in page(guest, "check", own)
        assert send(guest, "finish_round", own).status_code == 302
    before = page(editor, "round", assessment)
    assert before.count("tag good") == 2
    assert "Ada says so." not in before
    send(editor, "close_round", assessment, asked.pk)
    after = page(editor, "round", assessment)
    assert "Ada says so." in after
    assert "Bo says so." in after
    first = first_questions(assessment)[0]
    value = first.choices[1].key
    settle(editor, asked, first, value=value, note="Agreed.", revision=0)
    assert answers_of(assessment)[first.key].value == value
    assert f"Settled: {first.choices[1].label}" in page(editor, "round", assessment)


def test_nobody_reads_answers_before_both_have_finished(ada, bo):
    reader = client_of(key_of(bo))
    finish(participant=ada)
    assert "Seen it" not in page(reader, "taking_part", bo.assessment)
    assert "Not finished yet: Bo" in page(client_of(key_of(ada)), "taking_part", ada.assessment)
    finish(participant=bo)
    assert "Seen it &lt;b&gt;myself" in page(reader, "taking_part", bo.assessment)


def test_answers_of_those_who_have_not_finished_are_never_shown(editor, asked, assessment, ada, bo):
    finish(participant=bo)
    close_round(asked=asked)
    for client, name, place in (
        (editor, "round", assessment),
        (client_of(key_of(bo)), "taking_part", bo.assessment),
    ):
        text = page(client, name, place)
        assert "Not finished when the round was closed: Ada" in text
        assert "Seen it" not in text


def test_whoever_did_not_finish_reads_the_others_once_the_round_is_closed(asked, ada, bo):
    finish(participant=ada)
    close_round(asked=asked)
    text = page(client_of(key_of(bo)), "taking_part", bo.assessment)
    assert "before you had finished" in text
    assert "Seen it" in text


def test_owner_cannot_open_the_answers_of_others(editor, ada, closed):
    for name in ("check", "result", "taking_part"):
        assert editor.get(reverse(name, args=[ada.assessment.pk])).status_code == 404


def test_editors_read_a_closed_round_and_change_nothing(assessment, closed):
    key = uuid.uuid4()
    open_edit_link(token=edit_token(assessment), browser=key)
    client = client_of(key)
    text = page(client, "round", assessment)
    assert "Seen it" in text
    assert "Take over" not in text
    assert "Settle it" not in text


def test_name_is_asked_for(asked):
    _, token = invite(asked=asked, name="")
    guest = client_of(uuid.uuid4())
    guest.get(reverse("open_round_invitation", args=[token]))
    response = guest.post(reverse("join_round"), {"name": " "})
    assert response.status_code == 422
    assert "Give your name" in response.content.decode()


def test_link_leads_to_an_address_without_its_secret(asked):
    _, token = invite(asked=asked, name="")
    response = client_of(uuid.uuid4()).get(reverse("open_round_invitation", args=[token]))
    assert response.url == reverse("join_round")
    assert response.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("ending", ["revoked", "closed", "deleted"])
def test_link_that_ended_looks_like_one_that_never_was(editor, assessment, asked, ending):
    invitation, token = invite(asked=asked, name="")
    if ending == "revoked":
        send(editor, "revoke_round_invitation", assessment, invitation.pk)
    elif ending == "closed":
        send(editor, "close_round", assessment, asked.pk)
    else:
        delete_assessment(assessment=assessment)
    guest = client_of(uuid.uuid4())
    ended, wrong = (
        guest.get(reverse("open_round_invitation", args=[secret])) for secret in (token, "wrong")
    )
    assert (ended.status_code, wrong.status_code) == (404, 404)
    assert ended.content == wrong.content


def test_whoever_takes_part_and_opens_a_link_again_is_led_to_their_answers(asked, ada):
    _, token = invite(asked=asked, name="")
    guest = client_of(key_of(ada))
    opened = guest.get(reverse("open_round_invitation", args=[token]), follow=True)
    assert opened.redirect_chain[1][0] == ada.assessment.get_absolute_url()
    delete_assessment(assessment=ada.assessment)
    assert guest.get(reverse("join_round")).url == "/assessments/?show=deleted"


def test_invitation_of_another_round_is_not_revoked(editor, assessment, asked, version):
    other = begin_round(assessment=type(assessment).objects.create(version=version, title="Other"))
    invitation, _ = invite(asked=other, name="")
    response = send(editor, "revoke_round_invitation", assessment, invitation.pk)
    assert response.status_code == 404
    assert RoundInvitation.objects.filter(pk=invitation.pk).exists()


def test_owner_removes_a_participant_and_their_link_lets_them_back_no_more(
    editor, assessment, asked, bo
):
    _, token = invite(asked=asked, name="")
    guest = client_of(uuid.uuid4())
    guest.get(reverse("open_round_invitation", args=[token]))
    guest.post(reverse("join_round"), {"name": "Eve"})
    eve = asked.participants.get(name="Eve")
    say(eve.assessment, first_questions(eve.assessment)[0], 0, "Eve says so.")
    send(guest, "finish_round", eve.assessment)
    send(editor, "remove_participant", assessment, eve.pk)
    shown = page(editor, "round", assessment)
    assert "Eve no longer takes part." in shown
    assert people_in(shown, "Who takes part") == ["Bo"]
    again = guest.get(reverse("open_round_invitation", args=[token]), follow=True)
    assert again.status_code == 410
    assert "You no longer take part" in again.content.decode()
    assert guest.post(reverse("join_round"), {"name": "Eve"}).status_code == 410
    assert "its owner has removed you" in page(guest, "taking_part", eve.assessment)
    send(guest, "finish_round", eve.assessment)
    assert "Your answers stay yours." in page(guest, "taking_part", eve.assessment)
    finish(participant=bo)
    send(editor, "close_round", assessment, asked.pk)
    assert "Eve says so." not in page(editor, "round", assessment)
    assert asked.participants.get(name="Eve").sheet == {}
    assert "What was said" not in page(guest, "taking_part", eve.assessment)


def test_removal_is_undone_with_what_was_handed_in(editor, assessment, asked, ada):
    finish(participant=ada)
    send(editor, "remove_participant", assessment, ada.pk)
    undo = reverse("restore_participant", args=[assessment.pk, ada.pk])
    assert f'action="{undo}"' in page(editor, "round", assessment)
    other = take_part(asked, "Ada")
    editor.post(undo)
    assert [(p.name, bool(p.finished_at)) for p in asked.participants.order_by("pk")] == [
        ("Ada (2)", True),
        ("Ada", False),
    ]
    close_round(asked=asked)
    send(editor, "remove_participant", assessment, other.pk)
    other.refresh_from_db()
    assert other.removed_at is None


def test_removed_participant_can_be_let_back_in_until_the_round_is_closed(
    editor, assessment, asked, ada, bo
):
    remove_participant(participant=ada)
    back = f'action="{reverse("restore_participant", args=[assessment.pk, ada.pk])}"'
    for _ in range(2):
        shown = page(editor, "round", assessment)
        assert people_in(shown, "Who takes part") == ["Bo"]
        assert people_in(shown, "Removed") == ["Ada"]
        assert back in shown
    close_round(asked=asked)
    assert back not in page(editor, "round", assessment)


def test_only_the_owner_is_offered_to_let_somebody_back_in(assessment, asked, ada):
    key = uuid.uuid4()
    open_edit_link(token=edit_token(assessment), browser=key)
    remove_participant(participant=ada)
    assert "Let back in" not in page(client_of(key), "round", assessment)


def test_removed_participant_comes_back_by_a_new_link(asked, ada):
    remove_participant(participant=ada)
    guest = client_of(key_of(ada))
    _, token = invite(asked=asked, name="Ada")
    joining = guest.get(reverse("open_round_invitation", args=[token]), follow=True)
    assert joining.status_code == 200
    assert (
        guest.post(reverse("join_round"), {"name": "Ada"}).url == ada.assessment.get_absolute_url()
    )
    ada.refresh_from_db()
    assert ada.removed_at is None
    assert not asked.invitations.exists()


def test_whoever_answered_nothing_is_told_so(asked, ada):
    ada.assessment.answers.all().delete()
    client = client_of(key_of(ada))
    text = client.post(
        reverse("finish_round", args=[ada.assessment.pk]), follow=True
    ).content.decode()
    assert "Answer at least one question" in text
    assert "I have finished" in text


def test_question_that_somebody_answered_meanwhile_asks_which_answer_stays(
    editor, assessment, closed
):
    first = first_questions(assessment)[0]
    say(assessment, first, 0, "Theirs.")
    sent = {"value": first.choices[1].key, "note": "Mine.", "revision": 0}
    response = settle(editor, closed, first, **sent)
    assert response.status_code == 409
    text = response.content.decode()
    assert "Theirs." in text
    assert "Mine." in text
    assert answers_of(assessment)[first.key].note == "Theirs."
    again = {**sent, "revision": 1, "resolve": "mine"}
    assert settle(editor, closed, first, **again).status_code == 302
    assert answers_of(assessment)[first.key].note == "Mine."


def test_form_to_settle_without_a_choice_keeps_the_note(editor, assessment, closed):
    first = first_questions(assessment)[0]
    response = settle(editor, closed, first, note="Why.", revision=0)
    assert response.status_code == 422
    assert "Why.</textarea>" in response.content.decode()


def test_what_all_agree_on_is_taken_over_by_one_button(editor, assessment, closed):
    two = first_questions(assessment)[1]
    token = re.search(r'name="state_token" value="([^"]+)"', page(editor, "round", assessment))[1]
    assert take_over(editor, closed, token).status_code == 302
    assert answers_of(assessment)[two.key].value == two.choices[0].key
    assert "Take over" not in page(editor, "round", assessment)


def test_stale_page_takes_nothing_over(editor, assessment, closed):
    token = state_token(assessment)
    say(assessment, first_questions(assessment)[0], 0)
    response = take_over(editor, closed, token, follow=True)
    assert "nothing was taken over" in response.content.decode()
    assert len(answers_of(assessment)) == 1


def test_closed_round_is_read_and_settled_after_another_one_was_begun(editor, assessment, closed):
    begin_round(assessment=assessment)
    newest = page(editor, "round", assessment)
    assert "Seen it" not in newest
    assert f'href="{closed.get_absolute_url()}"' in newest
    assert "2 of 2 finished" in newest
    assert "nobody took part" in page(editor, "one_round", assessment, closed.pk)
    assert "0 of 0 have finished" in page(editor, "check", assessment)
    text = page(editor, "one_round", assessment, closed.pk)
    assert "Another round was started after this one." in text
    assert "Seen it" in text
    first, second = first_questions(assessment)
    value = first.choices[1].key
    settled = settle(editor, closed, first, value=value, note="Agreed.", revision=0)
    assert settled.url == f"{closed.get_absolute_url()}#round-{first.key}"
    token = re.search(r'name="state_token" value="([^"]+)"', text)[1]
    assert (
        "nothing was taken over" in take_over(editor, closed, token, follow=True).content.decode()
    )
    assert (
        take_over(editor, closed, state_token(reread(assessment))).url == closed.get_absolute_url()
    )
    assert {key: a.value for key, a in answers_of(assessment).items()} == {
        first.key: value,
        second.key: second.choices[0].key,
    }


def test_page_of_an_earlier_round_says_which_one_reports_keep(editor, assessment, closed):
    keeps = "Reports saved from now on keep the whole round"
    assert keeps in page(editor, "one_round", assessment, closed.pk)
    newest = begin_round(assessment=assessment)
    assert keeps in page(editor, "one_round", assessment, closed.pk)
    cy = take_part(newest, "Cy")
    say(cy.assessment, first_questions(cy.assessment)[0], 0)
    finish(participant=cy)
    close_round(asked=newest)
    earlier = page(editor, "one_round", assessment, closed.pk)
    assert keeps not in earlier
    assert f'href="{newest.get_absolute_url()}">a later round</a>' in earlier
    assert keeps in page(editor, "round", assessment)


def test_owner_is_told_who_has_not_finished_before_closing(editor, assessment, asked, ada, bo):
    finish(participant=bo)
    assert "Not finished yet: Ada. Nobody will see" in page(editor, "round", assessment)
    finish(participant=ada)
    assert "Not finished yet" not in page(editor, "round", assessment)


def test_page_that_closes_a_round_closes_no_later_one(editor, assessment, asked):
    close_round(asked=asked)
    newest = begin_round(assessment=assessment)
    response = editor.post(
        reverse("close_round", args=[assessment.pk, asked.pk]), follow=True
    ).content.decode()
    assert "The round is already closed." in response
    newest.refresh_from_db()
    assert newest.is_open


def test_round_of_another_assessment_is_not_found(editor, assessment, version):
    other = begin_round(assessment=type(assessment).objects.create(version=version, title="Other"))
    page(editor, "one_round", assessment, other.pk, status=404)
    assert send(editor, "close_round", assessment, other.pk).status_code == 404


@pytest.mark.parametrize("name", ["take_over_agreed", "settle_question"])
def test_open_round_can_not_be_settled(editor, assessment, asked, ada, name):
    finish(participant=ada)
    more = [first_questions(assessment)[0].key] if name == "settle_question" else []
    assert send(editor, name, assessment, asked.pk, *more).status_code == 404


def test_round_of_one_person_compares_nobody(editor, assessment, asked, ada):
    finish(participant=ada)
    close_round(asked=asked)
    text = page(editor, "round", assessment)
    assert "Only Ada answered, so there is nobody to compare with." in text
    assert "What comes first for Ada" in text
    assert "Ada answered 2 questions to which this assessment gives another answer or none." in text
    for said_of_several in ("one another", "all agree", "All gave", "For all together"):
        assert said_of_several not in text


@pytest.mark.parametrize("joined", [False, True])
def test_closed_round_without_answers_says_why(editor, assessment, asked, joined):
    if joined:
        take_part(asked, "Ada")
    close_round(asked=asked)
    text = page(editor, "round", assessment)
    assert "Nobody has joined yet" not in text
    assert ("Nobody had finished" in text) is joined
    assert ("Nobody joined before the round was closed." in text) is not joined


def test_report_shows_the_round(editor, assessment, closed, browser_key):
    report = freeze_report(assessment=assessment, browser=browser_key)
    text = editor.get(report.get_absolute_url()).content.decode()
    assert "Independent answers" in text
    assert "Seen it &lt;b&gt;myself" in text


def test_page_takes_as_many_queries_for_two_people_as_for_one(
    editor, assessment, asked, ada, bo, django_assert_max_num_queries
):
    for participant in (ada, bo):
        finish(participant=participant)
        with django_assert_max_num_queries(6):
            page(editor, "round", assessment)
