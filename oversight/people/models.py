"""Agencies, people, the roles they hold and the training they have completed."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Agency(models.Model):
    """A government body; its slug is the one that facts and instruments use."""

    slug = models.SlugField(primary_key=True, max_length=64)
    name = models.CharField(_("name"), max_length=200)
    time_zone = models.CharField(_("time zone"), max_length=64, default="America/Los_Angeles")

    class Meta:
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A part of an agency: supervisors sign off for their own unit.

    ``area`` is the part of the city that it serves, in the agency's own words; empty for a unit
    that serves all of it.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(_("name"), max_length=200)
    area = models.CharField(_("area"), max_length=200, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], name="people_unit_named_once")
        ]

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    """Finds people by user name, in any case."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Return the person with that user name; raises ``Person.DoesNotExist``."""
        return self.get(username__iexact=username)


class Person(AbstractBaseUser):
    """Someone with an account. What they may do follows from ``RoleGrant`` and ``Certificate``."""

    username = models.CharField(_("user name"), max_length=64, unique=True)
    name = models.CharField(_("full name"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="people")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="people", null=True, blank=True
    )
    is_active = models.BooleanField(_("active"), default=True)
    suspended = models.BooleanField(
        _("suspended"), default=False, help_text=_("May sign in and read, but not ask or decide.")
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """Return the name shown to colleagues."""
        return self.name


class Role(models.TextChoices):
    """What someone may do in the city (house.md): a role says nothing about training."""

    OFFICER = "officer", _("Officer")
    SUPERVISOR = "supervisor", _("Supervisor")
    EXAMINER = "examiner", _("Examiner")
    BOARD = "board", _("Oversight board")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


class RoleGrant(models.Model):
    """A role held from a day, until a day or for good. Ends are exclusive."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)
    unit_commander = models.BooleanField(_("unit commander"), default=False)
    held_from = models.DateField(_("held from"))
    held_until = models.DateField(_("held until"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(held_until__isnull=True) | Q(held_until__gt=F("held_from")),
                name="people_role_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="people_role_is_a_known_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.role}"


class Certificate(models.Model):
    """Training completed. FISWG's two levels: facial review of lists, formal examination."""

    class Level(models.TextChoices):
        REVIEW = "review", _("Facial review")
        EXAMINATION = "examination", _("Facial examination")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="certificates")
    course = models.CharField(_("course"), max_length=200)
    level = models.CharField(_("level"), max_length=16, choices=Level.choices)
    completed_on = models.DateField(_("completed on"))
    expires_on = models.DateField(
        _("expires on"), help_text=_("The first day on which it no longer counts.")
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__gt=F("completed_on")),
                name="people_certificate_expires_after_completion",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.course}"
