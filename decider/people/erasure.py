"""An account whose person is to be forgotten."""

from __future__ import annotations

from django.db import models, transaction

from decider.people.models import Invitation, Person
from decider.people.teams import remove_member

ERASED_NAME = "Erased"
OF_ACCOUNTS = ("account", "admin", "mfa", "socialaccount")
"""Apps all of whose rows of a person go. What else knows a person is dealt with one by one."""


@transaction.atomic
def erase_account(person: Person) -> None:
    """End an account and forget whose it was; its key stays where work belongs to it.

    Raises teams.LastOwner where a team would have no owner any more.
    """
    for member in person.memberships.all():
        remove_member(member=member)
    Invitation.objects.filter(email=person.email).delete()
    for relation in Person._meta.related_objects:
        if relation.related_model._meta.app_label in OF_ACCOUNTS:
            _rows(relation, person).delete()
    person.email = f"{person.pk.hex}@erased.invalid"
    person.name = ERASED_NAME
    person.is_active = person.is_staff = False
    person.set_unusable_password()
    person.save()


def _rows(relation: models.ForeignObjectRel, person: Person) -> models.QuerySet[models.Model]:
    model = relation.related_model
    return model._base_manager.filter(**{relation.field.name: person})
