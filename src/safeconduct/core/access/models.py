from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.actors import Actor
from safeconduct.core.access.roles import Role


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(username=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """Somebody who works with the site. Closed, never deleted: the audit chain names it."""

    username = models.CharField(_("account name"), max_length=60, unique=True)
    display_name = models.CharField(_("name shown to colleagues"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=5, blank=True)  # empty until it was chosen: then the browser's
    is_active = models.BooleanField(_("open"), default=True)
    is_demonstration = models.BooleanField(default=False)
    # Another person chose the password: it opens one page, on which the holder chooses an own one.
    password_is_first = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    last_login = None  # sign-ins stand in the audit chain

    objects: ClassVar[AccountManager] = AccountManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        if self.is_demonstration and self.username in Role.values:  # goes by its role, in the reader's language
            return str(Role(self.username).label)
        return self.display_name or self.username

    def roles(self) -> frozenset[Role]:
        """The roles held now; read once a request."""
        if not hasattr(self, "_roles"):
            self._roles = frozenset(Role(grant.role) for grant in self.grants.all() if grant.ended_at is None)
        return self._roles

    def actor(self, via: str = "page") -> Actor:
        """This account as the one who acts; a closed one holds no role, whoever still has a session or work of it."""
        return Actor(account=self.pk, roles=self.roles() if self.is_active else frozenset(), via=via, name=str(self))

    @property
    def grants_now(self) -> list[RoleGrant]:
        return [grant for grant in self.grants.all() if grant.ended_at is None]

    @property
    def grants_before(self) -> list[RoleGrant]:
        return [grant for grant in self.grants.all() if grant.ended_at is not None]

    @property
    def role_labels(self) -> list[Any]:
        return [role.label for role in sorted(self.roles())]


class RoleGrant(models.Model):
    """A role given to an account, from one moment until another. Ended, never deleted."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=30, choices=Role)
    granted_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "role"], condition=Q(ended_at=None), name="a_role_is_held_once"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("granted_at")), name="a_role_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.role}"


class Team(models.Model):
    """Colleagues who work on the same cases. Closed, never deleted: what it was given stays on record."""

    name = models.CharField(_("team name"), max_length=60, unique=True)
    takes_new = models.BooleanField(
        _("takes new cases"), default=False, help_text=_("Whoever is registered from now on becomes a case of this team.")
    )
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["takes_new"], condition=Q(takes_new=True), name="one_team_takes_new_cases"),
        ]

    def __str__(self) -> str:
        return self.name


class TeamMembership(models.Model):
    """An account works in a team, from one moment until another. Ended, never deleted."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="teams")
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "team"], condition=Q(ended_at=None), name="a_team_is_joined_once"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("since")), name="a_team_membership_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} in {self.team_id}"


class OpenSession(models.Model):
    """Somebody's session in a browser, from signing in until it ended. What it holds lies in the library's own table.

    `session_key` is there only while the session is open; afterwards its digest can still say why it ended.
    """

    class Why(models.TextChoices):
        SIGNED_OUT = "signed_out", _("signed out")
        ELSEWHERE = "elsewhere", _("ended by its holder from another session")
        ADMINISTRATOR = "administrator", _("ended by an administrator")
        TWO_MACHINES = "two_machines", _("used from two machines")
        LONGEST = "longest", _("eight hours were over")
        NEW_PASSWORD = "new_password", _("the password was changed")
        CLOSED = "closed", _("the account was closed")
        EMERGENCY = "emergency", _("the site was locked in an emergency")
        FACTORS_ENDED = "factors_ended", _("the second factors were ended")

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="sessions")
    session_key = models.CharField(max_length=40, blank=True)
    key_digest = models.CharField(max_length=64, db_index=True)
    machine = models.CharField(max_length=40)
    address = models.CharField(max_length=45, blank=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=20, choices=Why, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, why="") | (Q(ended_at__gte=F("began_at"), session_key="") & ~Q(why="")),
                name="a_session_that_ended_says_why_and_opens_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"session {self.pk}"


class ShellSession(models.Model):
    """A quarter of an hour in the shell for one account; only a digest of its token is kept."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"shell session {self.pk}"

    def holds(self, at: datetime) -> bool:
        """Whether the session is open at that moment."""
        return self.ended_at is None and at < self.expires_at
