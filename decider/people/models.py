"""People who can sign in, and the teams in which they work together."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Value
from django.urls import reverse
from django.utils import timezone

from decider.base.access import Role

NAME_LENGTH = 100


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> Person:
        """The person with this e-mail address, in capitals or not."""
        return self.get(email=(username or "").lower())

    def create_user(self, email: str, name: str, password: str | None = None) -> Person:
        """A new person; without a password, one who can sign in only in other ways."""
        person = self.model(email=email, name=name)
        person.set_password(password)
        person.save()
        return person


class Person(AbstractBaseUser):
    """Somebody with an account. The e-mail address is kept in lower case.

    The primary key stands wherever work belongs to somebody, as the key of a browser does where
    nobody signs in. Nobody is deleted: who left is no longer active, and what they saved stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=NAME_LENGTH)
    is_active = models.BooleanField("may sign in", default=True)
    is_staff = models.BooleanField("administrator", default=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    muted = models.JSONField(default=list, db_default=Value([], models.JSONField()), editable=False)
    """The kinds of e-mails that they don't want, values of `notices.Notice`."""

    objects = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        db_table = "decider_person"
        ordering = ["name", "email"]
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.lower()
        super().save(*args, **kwargs)

    def has_perm(self, permission: str, on: object = None) -> bool:
        """Administrators may do all that the administration offers."""
        return self.is_active and self.is_staff

    def has_module_perms(self, app: str) -> bool:
        """Whether the administration shows this app."""
        return self.is_active and self.is_staff

    def get_full_name(self) -> str:
        """The name that others see."""
        return self.name


class Team(models.Model):
    """People who work together.

    Its key stands wherever work belongs to the team, as that of a person where it is theirs.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=NAME_LENGTH)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        db_table = "decider_team"
        ordering = ["name", "made_at"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("team", args=[self.pk])


class Membership(models.Model):
    """What a person is in a team, and so to all that belongs to it."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices)
    since = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        db_table = "decider_membership"
        ordering = ["person__name", "pk"]
        constraints = [models.UniqueConstraint(fields=["team", "person"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.person} in {self.team}"


class Invitation(models.Model):
    """An offer to join a team, open to whoever has its link.

    With an `email` it is for the person with that address only, and gone once accepted. Of the
    secret of the link only the SHA-256 is kept.
    """

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=10, choices=Role.choices)
    email = models.EmailField(blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "decider_invitation"
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"Invitation to {self.team}"

    @property
    def is_open(self) -> bool:
        """Whether it can still be accepted."""
        return self.expires_at > timezone.now()
