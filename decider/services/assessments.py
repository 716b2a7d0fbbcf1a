"""What people do with an assessment: start it, answer, weigh, rename, delete."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, Literal

from django.core.signing import BadSignature, Signer
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from decider.engine.completions import EVERY_OPEN, can_still_change
from decider.engine.document import build_document
from decider.engine.flow import Walk, walk
from decider.engine.information import next_most_decisive
from decider.engine.schema import Question, Questionnaire
from decider.engine.scoring import compile_model
from decider.models import Answer, Assessment, Editor, QuestionnaireVersion, Reader
from decider.services.answer_files import AnswersFile
from decider.services.questionnaires import questionnaire_of

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
    *, version: QuestionnaireVersion, title: str, context: str, browser: uuid.UUID | None
) -> Assessment:
    """A new assessment that this browser edits; without one, whoever opens its edit link first."""
    assessment = Assessment.objects.create(version=version, title=title, context=context)
    if browser:
        Editor.objects.create(assessment=assessment, browser=browser)
    return assessment


@transaction.atomic
def start_from_answers(
    *, version: QuestionnaireVersion, answers: AnswersFile, browser: uuid.UUID | None
) -> Assessment:
    """A new assessment with the answers, notes and weights of an answers file."""
    assessment = start_assessment(
        version=version, title=answers.title, context=answers.context, browser=browser
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


def begun_by(browser: uuid.UUID, limit: int) -> list[tuple[Assessment, Walk]]:
    """The assessments that this browser edits, the last changed first, with their progress."""
    mine = Assessment.objects.editable_by(browser).prefetch_related("answers")[:limit]
    return [(assessment, walk_through(assessment, answers_of(assessment))) for assessment in mine]


def answer_question(
    *, assessment: Assessment, question_key: str, value: str, note: str, revision: int
) -> Answer:
    """Save an answer seen at `revision` (0: not answered yet).

    Raises StaleAnswer where somebody saved a different one since; the same answer is no conflict.
    """
    answer = _replace(assessment, question_key, value, note, revision)
    if answer is None:
        answer = Answer.objects.filter(assessment=assessment, question_key=question_key).first()
        if answer is None:  # the form speaks of an answer that never was
            return answer_question(
                assessment=assessment,
                question_key=question_key,
                value=value,
                note=note,
                revision=0,
            )
        if (answer.value, answer.note) != (value, note):
            raise StaleAnswer(answer)
    Assessment.objects.filter(pk=assessment.pk).update(updated_at=timezone.now())
    return answer


def _replace(
    assessment: Assessment, question_key: str, value: str, note: str, revision: int
) -> Answer | None:
    """The saved answer, or None where the revision isn't the current one.

    One conditional statement either way, so that of two people at once only one can succeed.
    """
    answer = Answer(
        assessment=assessment,
        question_key=question_key,
        value=value,
        note=note,
        revision=revision + 1,
    )
    if revision == 0:
        try:
            with transaction.atomic():
                answer.save(force_insert=True)
        except IntegrityError:
            return None
        return answer
    seen = Answer.objects.filter(
        assessment=assessment, question_key=question_key, revision=revision
    )
    changed = seen.update(
        value=value, note=note, revision=revision + 1, updated_at=answer.updated_at
    )
    return answer if changed else None


def change_assessment(*, assessment: Assessment, revision: int, **fields: Any) -> None:
    """Change title, context or weights (section key to 0..100) as seen at `revision`.

    Raises StaleAssessment where somebody changed one of them since; `assessment` is then
    refreshed to show their values.
    """
    seen = Assessment.objects.filter(pk=assessment.pk, revision=revision)
    changed = seen.update(revision=revision + 1, updated_at=timezone.now(), **fields)
    assessment.refresh_from_db(fields=["title", "context", "weights", "revision"])
    if not changed:
        raise StaleAssessment


@transaction.atomic
def apply_tried(
    *,
    assessment: Assessment,
    answers: Mapping[str, str],
    weights: Mapping[str, int],
    seen: str,
) -> None:
    """Save tried answers and weights, keeping notes; `seen` is the `state_token` of the form.

    Raises StaleAssessment where anything was saved in the meantime.
    """
    current = Assessment.objects.select_for_update().get(pk=assessment.pk)
    if state_token(current) != seen:
        raise StaleAssessment
    given = answers_of(current)
    for key, value in answers.items():
        answer = given.get(key)
        if answer is None or answer.value != value:
            answer_question(
                assessment=current,
                question_key=key,
                value=value,
                note=answer.note if answer else "",
                revision=answer.revision if answer else 0,
            )
    change_assessment(assessment=current, revision=current.revision, weights=dict(weights))


def state_token(assessment: Assessment) -> str:
    """What changes with every save of the assessment or of one of its answers."""
    return assessment.updated_at.isoformat()


def is_begun_by(assessment: Assessment, browser: uuid.UUID | None) -> bool:
    """Whether this browser was the first to edit it; the others were invited."""
    first = assessment.editors.order_by("pk").first()
    return first is not None and first.browser == browser


@transaction.atomic
def delete_assessment(*, assessment: Assessment) -> None:
    """Delete the assessment with its answers; all who edited it can still read its reports."""
    browsers = list(assessment.editors.values_list("browser", flat=True))
    Reader.objects.bulk_create(
        Reader(report_id=report, browser=browser)
        for report in assessment.reports.values_list("pk", flat=True)
        for browser in browsers
    )
    assessment.delete()


def leave_assessment(*, assessment: Assessment, browser: uuid.UUID) -> None:
    """Let this browser edit it no more; reports that it saved stay its own."""
    assessment.editors.filter(browser=browser).delete()


def edit_token(assessment: Assessment) -> str:
    """The secret part of the private edit link."""
    return EDIT_LINKS.sign_object([str(assessment.pk), assessment.edit_link_serial])


def revoke_edit_links(*, assessment: Assessment) -> None:
    """Make every edit link given out so far useless; browsers that edit already go on."""
    Assessment.objects.filter(pk=assessment.pk).update(edit_link_serial=F("edit_link_serial") + 1)


def assessment_by_edit_link(*, token: str) -> Assessment | None:
    """The assessment of a valid edit link; None for an invalid one."""
    try:
        key, serial = EDIT_LINKS.unsign_object(token)
    except (BadSignature, ValueError):
        return None
    return Assessment.objects.filter(pk=key, edit_link_serial=serial).first()


def open_edit_link(*, token: str, browser: uuid.UUID) -> Assessment | None:
    """Let this browser edit the assessment of a valid edit link; None for an invalid one."""
    assessment = assessment_by_edit_link(token=token)
    if assessment:
        Editor.objects.get_or_create(assessment=assessment, browser=browser)
    return assessment


def document_of(*, assessment: Assessment) -> dict[str, Any]:
    """The report document of the assessment as it stands."""
    answers = answers_of(assessment)
    return build_document(
        questionnaire=questionnaire_for(assessment),
        version=assessment.version.number,
        title=assessment.title,
        context=assessment.context,
        answers={key: answer.value for key, answer in answers.items()},
        notes={key: answer.note for key, answer in answers.items() if answer.note},
        weights=assessment.weights,
    )
