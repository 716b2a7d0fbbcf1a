"""What people do in a round, and what of it a report keeps."""

from __future__ import annotations

import uuid

import pytest

from decider.assessments.lifecycle import delete_assessment, purge_assessment
from decider.assessments.models import Assessment
from decider.assessments.services import (
    StaleAnswer,
    StaleAssessment,
    answers_of,
    state_token,
)
from decider.engine.analysis.groups import MOST_RESPONDENTS
from decider.questionnaires.versions import load_questionnaire
from decider.reports.services.reports import freeze_once, freeze_report
from decider.rounds.models import Participant, RoundInvitation
from decider.rounds.results import (
    NothingAgreed,
    finished_part,
    kept_part,
    rounds_of,
    settle,
    take_over,
)
from decider.rounds.services import (
    NothingAnswered,
    RoundFull,
    RoundIsClosed,
    begin_round,
    close_round,
    finish,
    forget_participants,
    invite,
    join,
    open_invitation,
    remove_participant,
    restore_participant,
)
from tests.conftest import DEFAULT_FILE, answer_enough
from tests.rounds.conftest import first_questions, key_of, say, take_part


def test_assessment_has_one_open_round(assessment, asked):
    assert begin_round(assessment=assessment) == asked
    close_round(asked=asked)
    assert begin_round(assessment=assessment) != asked


def test_participant_answers_the_same_version_after_a_newer_one_was_published(assessment, asked):
    text = DEFAULT_FILE.read_text(encoding="utf-8")
    first = first_questions(assessment)[0].text
    assert load_questionnaire(text=text.replace(first, "What is there?"))[1]
    own = take_part(asked, "Ada").assessment
    assert (own.version, own.title, own.context) == (
        assessment.version,
        assessment.title,
        assessment.context,
    )
    assert [editor.is_owner for editor in own.editors.all()] == [True]
    assert answers_of(assessment) == {}


def test_link_for_one_person_works_once_and_one_for_all_again(asked):
    named, token = invite(asked=asked, name="Ada")
    join(invitation=named, browser=uuid.uuid4(), name="Ada")
    assert open_invitation(token=token) is None
    with pytest.raises(RoundInvitation.DoesNotExist):
        join(invitation=named, browser=uuid.uuid4(), name="Eve")
    for_all, token = invite(asked=asked, name="")
    join(invitation=for_all, browser=uuid.uuid4(), name="Bo")
    assert open_invitation(token=token) == for_all


def test_secret_of_a_link_is_kept_as_a_hash_only(asked):
    invitation, token = invite(asked=asked, name="")
    assert token not in str(RoundInvitation.objects.filter(pk=invitation.pk).values())


def test_whoever_takes_part_keeps_their_answers(asked, ada):
    invitation, _ = invite(asked=asked, name="")
    assert join(invitation=invitation, browser=key_of(ada), name="Other") == ada


def test_names_in_a_round_differ(asked, ada):
    assert take_part(asked, "ada").name == "ada (2)"
    assert take_part(asked, "ADA").name == "ADA (3)"


def test_round_takes_as_many_people_as_can_be_evaluated(asked):
    Participant.objects.bulk_create(
        Participant(round=asked, name=f"Person {n}") for n in range(MOST_RESPONDENTS - 1)
    )
    invitation, _ = invite(asked=asked, name="")
    with pytest.raises(RoundFull):
        invite(asked=asked, name="")
    Participant.objects.create(round=asked, name="The last")
    with pytest.raises(RoundFull):
        join(invitation=invitation, browser=uuid.uuid4(), name="One more")


def test_what_is_changed_after_finishing_is_no_part_of_the_round(ada):
    first = first_questions(ada.assessment)[0]
    finish(participant=ada)
    say(ada.assessment, first, 1)
    finish(participant=ada)
    ada.refresh_from_db()
    assert ada.sheet["answers"][first.key] == first.choices[0].key


def test_nobody_finishes_without_an_answer(asked):
    with pytest.raises(NothingAnswered):
        finish(participant=take_part(asked, "Cy"))


def test_nobody_joins_finishes_or_closes_once_the_round_is_closed(asked, ada):
    invitation, token = invite(asked=asked, name="")
    close_round(asked=asked)
    assert open_invitation(token=token) is None
    for act in (
        lambda: join(invitation=invitation, browser=uuid.uuid4(), name="Cy"),
        lambda: finish(participant=ada),
        lambda: close_round(asked=asked),
        lambda: invite(asked=asked, name=""),
    ):
        with pytest.raises(RoundIsClosed):
            act()


def test_round_of_a_deleted_assessment_takes_nobody(asked, assessment, ada):
    _, token = invite(asked=asked, name="")
    delete_assessment(assessment=assessment)
    assert open_invitation(token=token) is None
    with pytest.raises(RoundIsClosed):
        finish(participant=ada)


def test_round_keeps_what_was_said_by_whoever_removed_their_answers(closed, ada):
    delete_assessment(assessment=ada.assessment)
    purge_assessment(assessment=Assessment.deleted.get(pk=ada.assessment.pk))
    assert [p.name for p in finished_part(closed).participants] == ["Ada", "Bo"]


def test_part_names_who_had_not_finished_and_nothing_that_they_said(asked, ada, bo):
    finish(participant=bo)
    part = finished_part(asked)
    assert [p.name for p in part.participants] == ["Bo"]
    assert part.unfinished == ("Ada",)


def test_settled_answer_counts_in_the_assessment(closed, assessment):
    first = first_questions(assessment)[0]
    value = first.choices[1].key
    settle(asked=closed, question_key=first.key, value=value, note="Agreed.", revision=0)
    answer = answers_of(assessment)[first.key]
    assert (answer.value, answer.note) == (value, "Agreed.")
    settled = kept_part(assessment).settled[first.key]
    assert (settled.answer, settled.note) == (value, "Agreed.")


def test_settling_overwrites_no_answer_that_was_not_shown(closed, assessment):
    first = first_questions(assessment)[0]
    say(assessment, first, 0)
    with pytest.raises(StaleAnswer):
        settle(asked=closed, question_key=first.key, value="unknown", note="", revision=0)
    assert closed.settlements.count() == 0


def test_what_all_agree_on_is_taken_over_and_notes_stay(closed, assessment):
    one, two = first_questions(assessment)
    say(assessment, two, 1, "Mine.")
    assessment.refresh_from_db()
    assert take_over(asked=closed, token=state_token(assessment)) == 1
    answers = answers_of(assessment)
    assert (answers[two.key].value, answers[two.key].note) == (two.choices[0].key, "Mine.")
    assert one.key not in answers
    assert list(kept_part(assessment).settled) == [two.key]


def test_taking_over_overwrites_no_answer_that_was_not_shown(closed, assessment):
    token = state_token(assessment)
    two = first_questions(assessment)[1]
    say(assessment, two, 1)
    with pytest.raises(StaleAssessment):
        take_over(asked=closed, token=token)
    assert answers_of(assessment)[two.key].value == two.choices[1].key


def test_nothing_is_taken_over_where_nobody_finished(asked, assessment):
    close_round(asked=asked)
    with pytest.raises(NothingAgreed):
        take_over(asked=asked, token=state_token(assessment))


def test_report_keeps_a_closed_round(closed, assessment, browser_key):
    saved = freeze_report(assessment=assessment, browser=browser_key).document
    assert [p.name for p in saved.round.participants] == ["Ada", "Bo"]
    first = first_questions(assessment)[0]
    assert saved.round.participants[0].notes == {first.key: "Seen it <b>myself</b>."}


def test_report_keeps_nothing_of_an_open_round(asked, ada, assessment, browser_key):
    finish(participant=ada)
    report = freeze_report(assessment=assessment, browser=browser_key)
    assert '"round":' not in report.content


def test_report_keeps_the_last_round_that_somebody_finished(closed, assessment):
    for is_closed in (False, True):
        newest = begin_round(assessment=assessment)
        take_part(newest, "Cy")
        if is_closed:
            close_round(asked=newest)
        assert [p.name for p in kept_part(assessment).participants] == ["Ada", "Bo"]


def test_report_saved_before_the_round_was_closed_is_not_the_same(
    asked, ada, assessment, browser_key
):
    answer_enough(assessment)
    finish(participant=ada)
    freeze_once(assessment=assessment, browser=browser_key)
    assert freeze_once(assessment=assessment, browser=browser_key)[1] is False
    close_round(asked=asked)
    assert freeze_once(assessment=assessment, browser=browser_key)[1] is True


def test_round_is_read_in_as_many_queries_for_three_people_as_for_one(
    asked, ada, assessment, django_assert_num_queries
):
    for number in range(3):
        finish(participant=ada if number == 0 else late(asked))
        with django_assert_num_queries(3):
            finished_part(rounds_of(assessment).get())


def late(asked):
    """One more who answered."""
    participant = take_part(asked, "Late")
    say(participant.assessment, first_questions(participant.assessment)[0], 0)
    return participant


def test_participant_who_was_let_back_in_twice_keeps_their_name(asked, ada):
    remove_participant(participant=ada)
    other = Participant.objects.get(pk=ada.pk)
    for shown in (ada, other):
        restore_participant(participant=shown)
    assert Participant.objects.get(pk=ada.pk).name == "Ada"


def test_whoever_is_erased_leaves_their_answers_under_no_name(closed, ada):
    key = key_of(ada)
    delete_assessment(assessment=ada.assessment)
    purge_assessment(assessment=Assessment.deleted.get(pk=ada.assessment.pk))
    forget_participants(keys=[key], name="Nobody")
    forget_participants(keys=[], name="bo")
    names = [participant.name for participant in finished_part(closed).participants]
    assert [name.partition(" ")[0] for name in names] == ["Erased", "Erased"]
    assert len(set(names)) == 2
