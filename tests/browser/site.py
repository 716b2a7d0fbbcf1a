"""A server with content on every page, and where each page is."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from playwright.sync_api import Page

from decider.assessments.editors import name_browser
from decider.assessments.lifecycle import delete_assessment
from decider.assessments.models import Assessment
from decider.assessments.services import (
    answer_question,
    answers_of,
    change_assessment,
    edit_token,
    open_edit_link,
    questionnaire_for,
    start_assessment,
    start_from_answers,
    weights_of,
)
from decider.questionnaires.example import example_answers
from decider.questionnaires.models import QuestionnaireVersion
from decider.reports.models import Report, ShareLink
from decider.reports.proof.importing import import_file
from decider.reports.services.comments import (
    Author,
    add_comment,
    remove_comment,
    set_resolved,
)
from decider.reports.services.erased_reports import erase_report
from decider.reports.services.records import add_entry
from decider.reports.services.reports import export_of, freeze_report
from decider.reports.services.sharing import revoke_share_link, share_report
from decider.reports.services.sign_offs import sign_off
from decider.rounds.results import settle
from decider.rounds.services import begin_round, close_round, invite, remove_participant
from tests.reports.proof.proof_files import changed, opened

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Site:
    """An assessment without answers, the filled-in example, its report, and their addresses.

    `files` are files to check: what each is called, and its content.
    """

    empty: Assessment
    full: Assessment
    report: Report
    addresses: dict[str, str]
    files: dict[str, bytes]


def fill_site(version: QuestionnaireVersion, empty: Assessment, browser: uuid.UUID) -> Site:
    """Give this browser something on every page."""
    answers = example_answers(version)
    assert answers is not None
    full = start_from_answers(version=version, answers=answers, browser=browser)
    report = freeze_report(assessment=full, browser=browser)
    early = start_assessment(version=version, title="Early", context="", browser=browser)
    other = freeze_report(assessment=early, browser=browser)
    add_entry(
        record=other.record,
        revision=1,
        status="accepted",
        alternative="vm",
        reason="The team knows them.",
        by="Ada",
        why="Board",
    )
    erased = freeze_report(assessment=early, browser=browser)
    erase_report(record=erased.record)
    files = files_of(report)
    gone = start_assessment(version=version, title="Gone", context="", browser=browser)
    delete_assessment(assessment=gone)
    joined = start_assessment(version=version, title="Theirs", context="", browser=uuid.uuid4())
    open_edit_link(token=edit_token(joined), browser=browser)
    made = import_file(file=opened(files["outdated"]), browser=browser)
    addresses = {
        **addresses_of_site(),
        **addresses_of_assessments(empty, full),
        **addresses_of_report(report),
        **addresses_of_rounds(full, browser),
        **addresses_of_history(full, browser),
        **addresses_of_comments(report, browser),
        "compare": f"{reverse('compare')}?before={report.pk}&after={other.pk}",
        "settings, invited": reverse("assessment_settings", args=[joined.pk]),
        "report, erased": reverse("report", args=[erased.pk]),
        "report, decided": reverse("report", args=[other.pk]),
        "read in, with remarks": reverse("import_outcome", args=[made.assessment.pk]),
    }
    return Site(empty, full, report, addresses, files)


def files_of(report: Report) -> dict[str, bytes]:
    """The export of a report, and what becomes of it in other hands."""
    first = next(iter(report.document.answers))
    return {
        "issued": export_of(report).encode(),
        "altered": changed(report, lambda data: data["report"].update(title="Other")),
        "outdated": changed(report, lambda data: data["report"]["answers"].update({first: "x"})),
        "unsigned": b'{"format": "decider-export/1", "report": {"title": "Made up"}}',
    }


def addresses_of_site() -> dict[str, str]:
    """Pages that belong to nobody, and pages that say what went wrong."""
    return {
        "home": "/",
        "your name": reverse("your_name"),
        "your assessments": reverse("workspace"),
        "your assessments, deleted": f"{reverse('workspace')}?show=deleted",
        "your assessments, none found": f"{reverse('workspace')}?q=nowhere",
        "compare, nothing chosen": reverse("compare"),
        "compare, error": f"{reverse('compare')}?before=x&after=y",
        "check a record": reverse("verify_record"),
        "import a report": reverse("import_report"),
        "components": reverse("components"),
        "edit link that does not work": reverse("open_edit_link", args=["nothing"]),
        "unknown share link": reverse("open_share_link", args=["nothing"]),
        "no such page": "/nowhere/",
        "refused": "/refused/",
        "unreadable": "/unreadable/",
        "server error": "/failing/",
    }


def addresses_of_assessments(empty: Assessment, full: Assessment) -> dict[str, str]:
    """The pages of an assessment, with answers and without."""
    pages = [
        "check",
        "weights",
        "result",
        "ranking_so_far",
        "reports",
        "assessment_settings",
        "rename_assessment",
        "delete_assessment",
    ]
    section = questionnaire_for(full).sections[0].key
    result = reverse("result", args=[full.pk])
    return {
        "first question": reverse("resume", args=[empty.pk]),
        "quick path": reverse("quick", args=[empty.pk]),
        "check, nothing answered": reverse("check", args=[empty.pk]),
        "result, nothing answered": reverse("result", args=[empty.pk]),
        "no reports": reverse("reports", args=[empty.pk]),
        **{name: reverse(name, args=[full.pk]) for name in pages},
        "trial": f"{result}?w-{section}=5",
        "trial, error": f"{result}?w-{section}=101",
        "points of an alternative": reverse("result_points", args=[full.pk, "vm"]),
        "address of a form": reverse("save_report", args=[full.pk]),
        "edit link": reverse("open_edit_link", args=[edit_token(full)]),
    }


def addresses_of_report(report: Report) -> dict[str, str]:
    """The pages of a report, for its editors and for holders of links."""
    link, token = share_report(report=report, label="Board", lifetime=WEEK)
    revoked, revoked_token = share_report(report=report, label="", lifetime=WEEK)
    revoke_share_link(link=revoked)
    expired, expired_token = share_report(report=report, label="Audit", lifetime=WEEK)
    ShareLink.objects.filter(pk=expired.pk).update(expires_at=report.saved_at)
    _, asking_token = share_report(
        report=report, label="Asks", lifetime=WEEK, passphrase="correct horse"
    )
    links = {
        "shared report": token,
        "passphrase": asking_token,
        "revoked link": revoked_token,
        "expired link": expired_token,
    }
    return {
        **{name: reverse(name, args=[report.pk]) for name in ("report", "record", "share")},
        **{name: reverse("open_share_link", args=[secret]) for name, secret in links.items()},
        "points in a report": reverse("report_points", args=[report.pk, "vm"]),
        "points by link": reverse("shared_report_points", args=[link.public_id, "vm"]),
    }


def addresses_of_comments(report: Report, browser: uuid.UUID) -> dict[str, str]:
    """The pages of the comments on a report, for its editors and for readers by a link."""
    asked = next(iter(report.document.answers))
    ada, grace = Author(browser, "Ada"), Author(uuid.uuid4(), "Grace")
    own = add_comment(
        report=report,
        author=ada,
        text="Is it?\nhttps://example.org",
        question=asked,
        look_again=True,
    )
    add_comment(report=report, author=grace, text="It is.", thread=own)
    set_resolved(thread=own, by="Grace", resolved=True)
    remove_comment(comment=add_comment(report=report, author=grace, text="Gone"))
    link, token = share_report(report=report, label="Talk", lifetime=WEEK, may_comment=True)
    for position, reason in (("objection", "Too early."), ("agree", "")):
        sign_off(record=report.record, author=grace, position=position, reason=reason, revision=1)
    return {
        "comments": reverse("comments", args=[report.pk]),
        "edit comment": reverse("edit_comment", args=[report.pk, own.pk]),
        "sign off": reverse("sign_off", args=[report.pk]),
        "shared report, comments": reverse("open_share_link", args=[token]),
        "sign off by link": reverse("shared_sign_off", args=[link.public_id]),
        "comments by link": reverse("shared_comments", args=[link.public_id]),
        "edit comment by link": reverse("shared_edit_comment", args=[link.public_id, own.pk]),
    }


def addresses_of_rounds(full: Assessment, browser: uuid.UUID) -> dict[str, str]:
    """Pages of rounds: none, an open and a closed one of one's own, and two that one takes part in;
    in the closed ones Ada, Bo and Cy differ on some questions."""
    own = {
        name: start_assessment(version=full.version, title=name, context="", browser=browser)
        for name in ("Open", "Closed", "My part", "My other part")
    }
    joined, to_join = (
        begin_round(
            assessment=start_assessment(
                version=full.version, title=title, context="", browser=uuid.uuid4()
            )
        )
        for title in ("Joined", "To join")
    )
    joined.participants.create(name="Me", assessment=own["My part"])
    _, token = invite(asked=to_join, name="")
    open_round = begin_round(assessment=own["Open"])
    open_round.participants.create(name="Bo", finished_at=open_round.begun_at)
    open_round.participants.create(name="Somebody whose name is so long that it takes two lines")
    remove_participant(participant=open_round.participants.create(name="Di"))
    invite(asked=open_round, name="")
    closed = begin_round(assessment=own["Closed"])
    questions = questionnaire_for(full).questions
    given = {key: answer.value for key, answer in answers_of(full).items()}
    settled, open_one, *_ = given
    for name, choice in (("Ada", 0), ("Bo", 1), ("Cy", -1)):
        other = {key: questions[key].choices[choice].key for key in list(given)[:8]}
        sheet = {"answers": given | other, "notes": {settled: "As we did before."}}
        closed.participants.create(
            name=name, finished_at=closed.begun_at, sheet=sheet | {"weights": {}}
        )
    finished = closed.participants.get(name="Ada")
    finished.assessment = own["My other part"]
    finished.save()
    close_round(asked=closed)
    settle(asked=closed, question_key=settled, value="unknown", note="To find out.", revision=0)
    close_round(asked=begin_round(assessment=own["Closed"]))
    return {
        "round, none": reverse("round", args=[full.pk]),
        "round, open": reverse("round", args=[own["Open"].pk]),
        "round, closed": closed.get_absolute_url(),
        "round, closed without answers": reverse("round", args=[own["Closed"].pk]),
        "settle a question": reverse(
            "settle_question", args=[own["Closed"].pk, closed.pk, open_one]
        ),
        "check, round closed": reverse("check", args=[own["Closed"].pk]),
        "report with a round": reverse(
            "report", args=[freeze_report(assessment=own["Closed"], browser=browser).pk]
        ),
        "join a round": reverse("open_round_invitation", args=[token]),
        "link to a round that does not work": reverse("open_round_invitation", args=["nothing"]),
        "taking part": reverse("taking_part", args=[own["My part"].pk]),
        "check, taking part": reverse("check", args=[own["My part"].pk]),
        "taking part, finished": reverse("taking_part", args=[own["My other part"].pk]),
    }


def addresses_of_history(full: Assessment, browser: uuid.UUID) -> dict[str, str]:
    """The pages of a history, in which Ada changed an answer that was put right again."""
    ada = uuid.uuid4()
    name_browser(browser=ada, name="Ada")
    open_edit_link(token=edit_token(full), browser=ada)
    key, answer = next(iter(answers_of(full).items()))
    for revision, (actor, value, note) in enumerate(
        [(ada, "unknown", "Ask the vendor"), (browser, answer.value, answer.note)], 1
    ):
        answer_question(
            assessment=full,
            question_key=key,
            value=value,
            note=note,
            revision=revision,
            actor=actor,
        )
    weights = weights_of(full)
    change_assessment(
        assessment=full, revision=full.revision, actor=ada, weights=dict.fromkeys(weights, 50)
    )
    change_assessment(assessment=full, revision=full.revision, actor=browser, weights=weights)
    replaced = full.changes.filter(question_key=key).first()
    weighed = full.changes.filter(kind="weights").last()
    assert replaced is not None
    assert weighed is not None
    return {
        "history": reverse("history", args=[full.pk]),
        "history of an answer": reverse("history", args=[full.pk], query={"question": key}),
        "history, error": reverse("history", args=[full.pk], query={"person": "9"}),
        "earlier answer": reverse("earlier_state", args=[full.pk, replaced.pk]),
        "earlier weights": reverse("earlier_state", args=[full.pk, weighed.pk]),
        "changed question": reverse("question", args=[full.pk, key]),
    }


def saved(assessment: Assessment) -> list[int]:
    """The revisions of the saved answers."""
    return [answer.revision for answer in answers_of(assessment).values()]


def proceed(page: Page) -> None:
    """Send the answer of a question."""
    page.get_by_role("button", name="Continue").click()
