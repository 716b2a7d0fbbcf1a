"""What people do with an assessment: start it, answer, weigh, rename, and edit it together."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Literal

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from decider.assessments.history import add_change, add_replaced, content_of
from decider.assessments.models import Answer, Assessment, ChangeKind, Editor
from decider.assessments.names import unused_title
from decider.engine.analysis.information import next_most_decisive
from decider.engine.analysis.layers import swings_left
from decider.engine.questionnaire.schema import Question, Questionnaire
from decider.engine.report.document import (
    Document,
    Inputs,
    PointsDocument,
    build_document,
    build_points,
)
from decider.engine.report.rules import swings
from decider.engine.scoring.completions import EVERY_OPEN, can_still_change
from decider.engine.scoring.flow import Walk, walk
from decider.engine.scoring.score import compile_model, evaluate
from decider.questionnaires.answer_files import AnswersFile
from decider.questionnaires.models import QuestionnaireVersion
from decider.questionnaires.versions import published_version, questionnaire_of

EDIT_LINKS = Signer(salt="decider.edit-link")


class StaleAnswer(Exception):
    """Somebody saved an answer to this question in the meantime; `current` is theirs."""

    def __init__(self, current: Answer) -> None:
        super().__init__(f"{current.question_key} was changed in the meantime")
        self.current = current


class StaleAssessment(Exception):
    """Somebody changed the title, the context or the weights in the meantime."""


@transaction.atomic
def start_assessment(
    *,
    version: QuestionnaireVersion,
    title: str,
    context: str,
    browser: uuid.UUID | None,
    actor: uuid.UUID | None = None,
    source: str = "",
) -> Assessment:
    """A new assessment that this browser edits; without one, whoever opens its edit link first.

    `actor` is who begins it where it is to belong to a team. `source` is what it was begun
    from: "file", "copy", "round", or nothing.
    """
    assessment = Assessment.objects.create(version=version, title=title, context=context)
    if browser:
        Editor.objects.create(assessment=assessment, holder=browser, is_owner=True)
    details = {"source": source} if source else {}
    add_change(assessment=assessment, actor=actor or browser, kind=ChangeKind.STARTED, **details)
    return assessment


@transaction.atomic
def start_from_answers(
    *, version: QuestionnaireVersion, answers: AnswersFile, browser: uuid.UUID | None
) -> Assessment:
    """A new assessment with the answers, notes and weights of an answers file.

    Where the browser has one of the same name already, the new one is named as a copy.
    """
    title = unused_title(answers.title, browser) if browser else answers.title
    assessment = start_assessment(
        version=version, title=title, context=answers.context, browser=browser, source="file"
    )
    assessment.weights = dict(answers.weights)
    assessment.save(update_fields=["weights"])
    Answer.objects.bulk_create(
        Answer(
            assessment=assessment, question_key=key, value=value, note=answers.notes.get(key, "")
        )
        for key, value in answers.answers.items()
    )
    return assessment


def questionnaire_for(assessment: Assessment) -> Questionnaire:
    """The questionnaire version that this assessment goes through, from memory."""
    return questionnaire_of(version_id=assessment.version_id)


def answers_of(assessment: Assessment) -> dict[str, Answer]:
    """All given answers by question key, those of hidden questions too."""
    return {answer.question_key: answer for answer in assessment.answers.all()}


def walk_through(assessment: Assessment, answers: Mapping[str, Answer]) -> Walk:
    """The questions that these answers make visible."""
    values = {key: answer.value for key, answer in answers.items()}
    return walk(questionnaire_for(assessment), values)


def most_decisive(assessment: Assessment, answers: Mapping[str, Answer]) -> Question | None:
    """The open question most worth asking next; None where none can change the winner."""
    if what_can_change(assessment, answers) != "unanswered":
        return None
    questionnaire = questionnaire_for(assessment)
    values = {key: answer.value for key, answer in answers.items()}
    key = next_most_decisive(questionnaire, values, assessment.weights)
    return questionnaire.questions[key] if key else None


def what_can_change(
    assessment: Assessment, answers: Mapping[str, Answer]
) -> Literal["unanswered", "unknown", "nothing"]:
    """Which open questions can still change what comes first: exactly.

    With "unknown", those answered "I don't know" can, and unanswered ones only along with them.
    """
    model = compile_model(questionnaire_for(assessment))
    values = {key: answer.value for key, answer in answers.items()}
    if not can_still_change(model, values, assessment.weights, open_states=EVERY_OPEN):
        return "nothing"
    return "unanswered" if can_still_change(model, values, assessment.weights) else "unknown"


def swings_of(assessment: Assessment) -> dict[str, float]:
    """By section, the points between the best and the worst alternative left, as weighted now.

    Empty while nothing is answered, and where fewer than two alternatives are left.
    """
    values = {key: answer.value for key, answer in answers_of(assessment).items()}
    model = compile_model(questionnaire_for(assessment))
    outcome = evaluate(model, values, assessment.weights)
    if not outcome.given or len(outcome.eligible) < 2:
        return {}
    return swings(outcome, swings_left(outcome))


def lock_assessment(assessment: Assessment) -> Assessment:
    """The assessment as it is now, kept from other writers until the end of the transaction.
    Everything that writes to an assessment takes this lock first.

    Raises Assessment.DoesNotExist where it was deleted in the meantime. SQLite locks the whole
    database when a transaction begins (`transaction_mode` in the settings).
    """
    return Assessment.objects.select_for_update().get(pk=assessment.pk)


@transaction.atomic
def answer_question(
    *,
    assessment: Assessment,
    question_key: str,
    value: str,
    note: str,
    revision: int,
    actor: uuid.UUID | None = None,
    restored: int | None = None,
) -> dict[str, Answer]:
    """Save an answer that its form showed at `revision` (0: not answered yet).

    All answers as they are then, by question key.

    `restored` is the key of the change before which it stood, where it is an earlier one.

    Raises StaleAnswer where somebody saved a different one since; the same answer is no conflict.
    Raises Assessment.DoesNotExist where the assessment was deleted.
    """
    current = lock_assessment(assessment)
    answers = answers_of(current)
    saved = answers.get(question_key)
    if saved is None or saved.revision == revision:
        before = content_of(saved)
        saved = _save_answer(current, saved, question_key, value, note)
        if content_of(saved) != before:
            details = {"restored": restored} if restored else {}
            add_replaced(current, actor, ChangeKind.ANSWER, {question_key: before}, **details)
    elif (saved.value, saved.note) != (value, note):
        raise StaleAnswer(saved)
    _save_changed(current)
    return {**answers, question_key: saved}


def _save_answer(
    assessment: Assessment, saved: Answer | None, question_key: str, value: str, note: str
) -> Answer:
    """Write an answer under the assessment's lock; `saved` is the one that it replaces."""
    answer = saved or Answer(assessment=assessment, question_key=question_key, revision=0)
    answer.value, answer.note = value, note
    answer.revision += 1
    answer.updated_at = timezone.now()
    answer.save()
    return answer


def _save_changed(locked: Assessment, *fields: str) -> None:
    """Save these fields of a locked assessment, and that it changed."""
    # Later than before even where the clock was set back: `state_token` must differ.
    locked.updated_at = max(timezone.now(), locked.updated_at + timedelta(microseconds=1))
    locked.save(update_fields=[*fields, "updated_at"])


def weights_of(assessment: Assessment) -> dict[str, int]:
    """The weight of each section, by its key, those included that nobody set."""
    sections = questionnaire_for(assessment).sections
    return {s.key: assessment.weights.get(s.key, s.weight) for s in sections}


def parts_of(assessment: Assessment) -> dict[ChangeKind, dict[str, Any]]:
    """What of an assessment, besides its answers, is kept in its history, by the kind of change."""
    return {
        ChangeKind.WEIGHTS: weights_of(assessment),
        ChangeKind.DETAILS: {"title": assessment.title, "context": assessment.context},
    }


def _change(
    locked: Assessment, actor: uuid.UUID | None, restored: int | None = None, **fields: Any
) -> None:
    """Save new values of title, context or weights of a locked assessment.

    Its revision stays where they are those that it has: no form becomes stale by that.
    """
    before = parts_of(locked)
    for name, value in fields.items():
        setattr(locked, name, value)
    after = parts_of(locked)
    replaced = {kind: part for kind, part in before.items() if part != after[kind]}
    locked.revision += bool(replaced)
    _save_changed(locked, *fields, "revision")
    details = {"restored": restored} if restored else {}
    for kind, part in replaced.items():
        add_replaced(locked, actor, kind, {"": part}, **details)


@transaction.atomic
def change_assessment(
    *,
    assessment: Assessment,
    revision: int,
    actor: uuid.UUID | None = None,
    restored: int | None = None,
    **fields: Any,
) -> None:
    """Change title, context or weights (section key to 0..100) as a form showed them at `revision`.

    `restored` is the key of the change before which they were so, where they are earlier ones.

    Raises StaleAssessment where somebody changed one of them since; `assessment` is then
    refreshed to show their values. Raises Assessment.DoesNotExist where it was deleted.
    """
    current = lock_assessment(assessment)
    is_current = current.revision == revision
    if is_current:
        _change(current, actor, restored, **fields)
    assessment.refresh_from_db(fields=["title", "context", "weights", "revision"])
    if not is_current:
        raise StaleAssessment


@transaction.atomic
def apply_tried(
    *,
    assessment: Assessment,
    answers: Mapping[str, str],
    weights: Mapping[str, int],
    token: str,
    actor: uuid.UUID | None = None,
) -> None:
    """Save tried answers and weights, keeping notes; `token` is the `state_token` of the form.

    Raises StaleAssessment where anything was saved in the meantime, and Assessment.DoesNotExist
    where the assessment was deleted.
    """
    current = lock_assessment(assessment)
    if state_token(current) != token:
        raise StaleAssessment
    given, before = answers_of(current), {}
    for key, value in answers.items():
        answer = given.get(key)
        if answer is None or answer.value != value:
            before[key] = content_of(answer)
            _save_answer(current, answer, key, value, answer.note if answer else "")
    add_replaced(current, actor, ChangeKind.ANSWER, before)
    _change(current, actor, weights=dict(weights))


def state_token(assessment: Assessment) -> str:
    """What changes with every save of the assessment or of one of its answers."""
    return assessment.updated_at.isoformat()


@transaction.atomic
def leave_assessment(*, assessment: Assessment, browser: uuid.UUID) -> None:
    """Let this browser edit it no more, unless it owns it; reports that it saved stay its own."""
    locked = lock_assessment(assessment)
    left, _ = locked.editors.filter(holder=browser, is_owner=False).delete()
    if left:
        add_change(assessment=locked, actor=browser, kind=ChangeKind.LEFT)


@transaction.atomic
def remove_editor(*, editor: Editor, actor: uuid.UUID | None = None) -> None:
    """Let this editor edit no more, not even through the edit link as it is: that one ends.

    Raises Editor.DoesNotExist where it has become the owner in the meantime, or is gone.
    """
    locked = lock_assessment(editor.assessment)
    _end_edit_links(locked)
    locked.editors.get(pk=editor.pk, is_owner=False).delete()
    gone = str(editor.holder)
    add_change(assessment=locked, actor=actor, kind=ChangeKind.REMOVED, whom=gone)


def edit_token(assessment: Assessment) -> str:
    """The secret part of the private edit link."""
    return EDIT_LINKS.sign_object([str(assessment.pk), assessment.edit_link_serial])


@transaction.atomic
def revoke_edit_links(
    *,
    assessment: Assessment,
    actor: uuid.UUID | None = None,
    lifetime: timedelta | None = None,
) -> None:
    """Make every edit link given out so far useless; browsers that edit already go on.

    The new one never expires without a `lifetime`.
    """
    locked = lock_assessment(assessment)
    _end_edit_links(locked)
    expires_at = None if lifetime is None else timezone.now() + lifetime
    Assessment.objects.filter(pk=locked.pk).update(edit_link_expires_at=expires_at)
    add_change(assessment=locked, actor=actor, kind=ChangeKind.EDIT_LINK)


def _end_edit_links(assessment: Assessment) -> None:
    Assessment.objects.filter(pk=assessment.pk).update(edit_link_serial=F("edit_link_serial") + 1)


def assessment_by_edit_link(*, token: str, lock: bool = False) -> Assessment | None:
    """The assessment of a valid edit link; None for one that is invalid or has expired.

    With `lock` the link can't be revoked until the transaction ends.
    """
    try:
        key, serial = EDIT_LINKS.unsign_object(token)
    except (BadSignature, ValueError):
        return None
    assessments = Assessment.objects.select_for_update() if lock else Assessment.objects
    found = assessments.filter(pk=key, edit_link_serial=serial).first()
    return found if found and found.edit_link_works else None


@transaction.atomic
def open_edit_link(*, token: str, browser: uuid.UUID) -> Assessment | None:
    """Let this browser edit the assessment of a valid edit link; None for an invalid one."""
    assessment = assessment_by_edit_link(token=token, lock=True)
    if assessment:
        is_owner = not assessment.editors.exists()
        _, is_new = Editor.objects.get_or_create(
            assessment=assessment, holder=browser, defaults={"is_owner": is_owner}
        )
        if is_new:
            add_change(assessment=assessment, actor=browser, kind=ChangeKind.JOINED)
    return assessment


def document_of(*, assessment: Assessment) -> Document:
    """The report document of the assessment as it stands."""
    return build_document(**_inputs(assessment))


def points_of(*, assessment: Assessment) -> PointsDocument:
    """The same with the points alone, in a fraction of the time."""
    return build_points(**_inputs(assessment))


def _inputs(assessment: Assessment) -> Inputs:
    answers = answers_of(assessment)
    return {
        "questionnaire": questionnaire_for(assessment),
        "version": published_version(version_id=assessment.version_id).number,
        "title": assessment.title,
        "context": assessment.context,
        "answers": {key: answer.value for key, answer in answers.items()},
        "notes": {key: answer.note for key, answer in answers.items() if answer.note},
        "weights": assessment.weights,
    }
