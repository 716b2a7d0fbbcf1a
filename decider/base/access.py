"""What a browser may do with an assessment or a report; each app says who may.

Whoever began an assessment owns it; those who opened its private edit link edit it. Who saved a
report, or edited its assessment when that was deleted, may always read that report.
"""

from __future__ import annotations

from enum import Flag, auto


class Can(Flag):
    """What a browser may do with an assessment or a report.

    RECORD: save reports and record decisions. SHARE: make and revoke share links of reports.
    ADMINISTER: remove editors, replace the private edit link, delete the assessment.
    """

    READ = auto()
    ANSWER = auto()
    RECORD = auto()
    SHARE = auto()
    ADMINISTER = auto()


READER = Can.READ
EDITOR = Can.READ | Can.ANSWER | Can.RECORD | Can.SHARE
OWNER = EDITOR | Can.ADMINISTER
