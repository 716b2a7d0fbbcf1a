"""The policy of access: what each role may do with an assessment and its reports.

Nothing here asks the database: who has which role is looked up by each app. Whoever began an
assessment owns it; those who opened its private edit link edit it. To what belongs to a team, its
members have the roles that they have in it. Who saved a report, or edited its assessment when that
was deleted, may always read that report, but not a team's. Whoever holds a share link views a
report.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Flag, auto

from django.db.models import TextChoices


class Can(Flag):
    """What somebody may do with an assessment or a report.

    READ: answers, results and reports. READ_COMMENTS: what is said about reports. COMMENT: on
    reports. ANSWER: change answers, weights, name
    and context. RECORD: save reports and record decisions. SHARE: make and revoke share links of
    reports. ADMINISTER: remove editors, replace the private edit link, delete the assessment.
    """

    READ = auto()
    READ_COMMENTS = auto()
    COMMENT = auto()
    ANSWER = auto()
    RECORD = auto()
    SHARE = auto()
    ADMINISTER = auto()


class Role(TextChoices):
    """What somebody is to an assessment; each role may do all that the ones before it may."""

    VIEWER = "viewer", "Viewer"
    COMMENTER = "commenter", "Commenter"
    EDITOR = "editor", "Editor"
    OWNER = "owner", "Owner"

    @property
    def may(self) -> Can:
        """All that this role may do."""
        comment = Can.READ | Can.READ_COMMENTS | Can.COMMENT
        edit = comment | Can.ANSWER | Can.RECORD | Can.SHARE
        return {
            Role.VIEWER: Can.READ,
            Role.COMMENTER: comment,
            Role.EDITOR: edit,
            Role.OWNER: edit | Can.ADMINISTER,
        }[self]


def all_that(roles: Iterable[str]) -> Can:
    """What somebody may do who has all of these roles."""
    can = Can(0)
    for role in roles:
        can |= Role(role).may
    return can
