"""Django's administration of people and teams.

It shows nothing else: what people save is not edited here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.decorators import secure_admin_login
from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from decider.base.access import Role
from decider.people.identity import person_of
from decider.people.models import Membership, Person, Team
from decider.people.teams import announce_role

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Any]
    PersonFormBase = ModelForm[Person]
else:
    PersonFormBase = ModelForm
    Base = admin.ModelAdmin


NOBODY_MADE_OWNER = (
    "Nobody was made an owner. A team that has an owner who may sign in is left to them, and"
    " whoever may not sign in can’t become one."
)
LAST_ADMINISTRATOR = (
    "Nobody else who may sign in is an administrator. Make somebody else one first."
)


class Administration(admin.AdminSite):
    """A site of its own, so that no package adds tables to it by itself."""

    site_header = site_title = "Administration of Decider"
    index_title = "People and teams"
    enable_nav_sidebar = False
    index_template = "people/administration/index.html"


class PersonForm(PersonFormBase):
    """What of a person is changed; the last administrator stays one."""

    def clean(self) -> None:
        """Raises ValidationError where nobody could open the administration any more."""
        rights = ("is_active", "is_staff")
        had = all(getattr(self.instance, right) for right in rights)
        keeps = all(self.cleaned_data.get(right) for right in rights)
        others = Person.objects.filter(is_active=True, is_staff=True).exclude(pk=self.instance.pk)
        if had and not keeps and not others.exists():
            raise ValidationError(LAST_ADMINISTRATOR)


class RowsOfPeople(Base):
    """The base: here nothing is added, since people and owners do that, and nothing deleted."""

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Never."""
        return False


class PersonAdmin(RowsOfPeople):
    """Who may sign in, and who administers.

    Accounts begin with add_person, registration or single sign-on. Nobody is deleted: what they
    saved has their name.
    """

    form = PersonForm
    list_display = ("name", "email", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff")
    search_fields = ("name", "email")
    fields = ("email", "name", "is_active", "is_staff", "joined_at", "last_login")
    readonly_fields = ("email", "joined_at", "last_login")
    actions = ("remove_second_factor",)

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


class TeamAdmin(RowsOfPeople):
    """Which teams there are. Their owners make and change them; here they are only looked at."""

    list_display = ("name", "made_at", "owners")
    search_fields = ("name",)
    fields = ("name", "made_at", "owners")

    def has_change_permission(self, request: HttpRequest, obj: Team | None = None) -> bool:  # noqa: ARG002
        """Owners change them."""
        return False

    def owners(self, team: Team) -> str:
        """The names of the owners."""
        members = team.memberships.filter(role=Role.OWNER).select_related("person")
        return ", ".join(member.person.name for member in members)


class MembershipAdmin(RowsOfPeople):
    """Who is in which team, and the way out where all owners of a team are gone."""

    list_display = ("team", "person", "role", "since")
    list_filter = ("role",)
    list_select_related = ("team", "person")
    search_fields = ("team__name", "person__name", "person__email")
    fields = ("team", "person", "role", "since")
    actions = ("make_owners",)

    def has_change_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:  # noqa: ARG002
        """The action below may be chosen; nothing is changed by hand."""
        return obj is None

    @admin.action(description="Make owners of their teams (all owners gone)")
    def make_owners(self, request: HttpRequest, members: QuerySet[Membership]) -> None:
        """Make these members owners of their teams, where no owner may sign in any more."""
        owned = Membership.objects.filter(role=Role.OWNER, person__is_active=True).values("team")
        there = members.filter(person__is_active=True).exclude(team__in=owned)
        orphans = list(there.select_related("team", "person"))
        for member in orphans:
            with transaction.atomic():
                Membership.objects.filter(pk=member.pk).update(role=Role.OWNER)
                announce_role(member, Role.OWNER, person_of(request).pk)
            self.log_change(request, member, "Made an owner.")
        if orphans:
            messages.success(request, f"Owners now: {', '.join(map(str, orphans))}.")
        else:
            messages.error(request, NOBODY_MADE_OWNER)


site = Administration(name="administration")
site.register(Person, PersonAdmin)
site.register(Team, TeamAdmin)
site.register(Membership, MembershipAdmin)
# People sign in here as everywhere, with all limits and the second factor.
site.login = secure_admin_login(site.login)  # type: ignore[method-assign]
