"""Django's administration of people. It shows nothing else: what people save is not edited here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.decorators import secure_admin_login
from django.apps import apps
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from decider.people.models import Person

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Person]
else:
    Base = admin.ModelAdmin


class Administration(admin.AdminSite):
    """A site of its own, so that no package adds tables to it by itself."""

    site_header = site_title = "Administration of Decider"
    index_title = "People"
    enable_nav_sidebar = False


class PersonAdmin(Base):
    """Who may sign in, and who administers. Nobody is deleted: what they saved has their name."""

    list_display = ("name", "email", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff")
    search_fields = ("name", "email")
    fields = ("email", "name", "is_active", "is_staff", "joined_at", "last_login")
    readonly_fields = ("email", "joined_at", "last_login")
    actions = ("remove_second_factor",)

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Accounts begin with add_person, registration or single sign-on."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Person | None = None) -> bool:  # noqa: ARG002
        """Whoever left may not sign in any more; their row stays."""
        return False

    @admin.action(description="Remove second factor and passkeys (lost phone)")
    def remove_second_factor(self, request: HttpRequest, people: QuerySet[Person]) -> None:
        """Let these people sign in with their password alone."""
        if not apps.is_installed("allauth.mfa"):
            return
        from allauth.mfa.models import Authenticator

        Authenticator.objects.filter(user__in=people).delete()
        for person in people:
            self.log_change(request, person, "Removed the second factor.")
        messages.success(request, f"Second factor removed: {', '.join(p.email for p in people)}.")


site = Administration(name="administration")
site.register(Person, PersonAdmin)
# People sign in here as everywhere, with all limits and the second factor.
site.login = secure_admin_login(site.login)  # type: ignore[method-assign]
