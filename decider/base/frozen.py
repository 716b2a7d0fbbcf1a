"""What is published or saved never changes."""

from __future__ import annotations

from typing import Any, NoReturn, TypeVar

from django.db import models


class Frozen(Exception):
    """Somebody tried to change or delete a published questionnaire or a saved report."""


RowT = TypeVar("RowT", bound=models.Model)


class FrozenQuerySet(models.QuerySet[RowT]):
    """Rows can be added and read."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Raises Frozen."""
        raise Frozen(f"Rows of {self.model._meta.verbose_name} never change.")

    def delete(self) -> NoReturn:
        """Raises Frozen."""
        raise Frozen(f"Rows of {self.model._meta.verbose_name} are never deleted.")


class FrozenModel(models.Model):
    """A row that is written once, so that rows of its kind only ever get more."""

    objects = FrozenQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; raises Frozen for a row that is saved already."""
        if not self._state.adding:
            raise Frozen(f"{self._meta.verbose_name} {self.pk} is saved and never changes.")
        kwargs["force_insert"] = True  # else a row made with a saved row's id would replace it
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raises Frozen."""
        raise Frozen(f"{self._meta.verbose_name} {self.pk} is saved and never deleted.")
