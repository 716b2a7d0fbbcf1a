"""Named sign-offs of a report and the decision on it."""

from __future__ import annotations

from django.utils import timezone

from decider.assessments.models import ChangeKind
from decider.base.durability import durable
from decider.reports.models import DecisionRecord, SignOff
from decider.reports.proof.entries import MOST_ENTRIES, statement_of
from decider.reports.services.chain import add_to_chain, sign_later
from decider.reports.services.comments import Author, count_writing
from decider.reports.services.history import add_to_history
from decider.reports.services.records import StaleRecord, lock_record

MOST_WITH_SIGN_OFFS = MOST_ENTRIES // 2
"""A record takes sign-offs up to this many entries; the rest is kept for decisions."""


def sign_off(
    *, record: DecisionRecord, author: Author, position: str, reason: str, revision: int
) -> SignOff:
    """Keep what somebody says to a record whose newest entry was `revision` when they saw it.

    It becomes a signed entry of the record's chain. Raises StaleRecord where the decision was
    changed in the meantime, so that nobody signs what they did not see, TooOften and RecordFull.
    """
    count_writing(author)
    made = SignOff(
        record=record,
        signer=author.key,
        by=author.name,
        by_link=author.link is not None,
        position=position,
        reason=reason,
        revision=revision,
    )
    _save_signed(made)
    return made


@durable()
def _save_signed(made: SignOff) -> None:
    assessment = lock_record(made.record)
    if made.record.entries.order_by("number").reverse()[0].number != made.revision:
        raise StaleRecord
    # Under the lock, so that moments follow each other as the chain does.
    made.at = timezone.now()
    sign_later(made.record)
    statement = statement_of(made)
    made.chained = add_to_chain(record=made.record, statement=statement, most=MOST_WITH_SIGN_OFFS)
    made.save(force_insert=True)
    position = made.get_position_display().lower()
    add_to_history(assessment, made.record, made.signer, ChangeKind.SIGN_OFF, position=position)
