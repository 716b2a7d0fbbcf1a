"""A person who can sign in."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

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

    objects = PersonManager()

    EMAIL_FIELD = "email"
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
