"""``manage.py people``: agencies, units, accounts, roles and training of an installation."""

import secrets
from argparse import ArgumentParser
from datetime import date
from typing import Any, Final

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from oversight.people import services
from oversight.people.models import Agency, Certificate, Person, Role, Unit
from oversight.people.selectors import current_training, roles_of

_UNUSABLE: Final = 2
Options = dict[str, Any]


class Command(BaseCommand):
    help = (
        "Make and keep the accounts of an installation, as the owner of its database. Each act is "
        "an entry of the record. Exit code 0: done; 2: unusable input, nothing was changed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One subcommand each."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        agency = verbs.add_parser("agency", help="add an agency")
        agency.add_argument("slug", help="as instruments name it, such as lapd")
        agency.add_argument("name")
        agency.add_argument("--time-zone", default="America/Los_Angeles")
        unit = verbs.add_parser("unit", help="add a unit: its supervisors sign off for it")
        unit.add_argument("agency")
        unit.add_argument("name")
        unit.add_argument("--area", default="", help="the part of the city that it serves")
        _add_account_verbs(verbs)
        verbs.add_parser("list", help="who there is, with roles and training")

    def handle(self, *_args: Any, verb: str, **options: Any) -> None:
        """Run the subcommand, whole or not at all."""
        try:
            with transaction.atomic():
                self.stdout.write(getattr(self, f"_{verb}")(options))
        except services.NothingToChangeError as error:
            raise CommandError("It is so already.", returncode=_UNUSABLE) from error
        except (ObjectDoesNotExist, ValidationError, ValueError) as error:
            words = getattr(error, "messages", None) or [str(error)]
            raise CommandError(" ".join(words), returncode=_UNUSABLE) from error
        except IntegrityError as error:
            raise CommandError(
                "The database refuses it: the name is taken, or an end lies before its beginning.",
                returncode=_UNUSABLE,
            ) from error

    def _agency(self, given: Options) -> str:
        agency = Agency(slug=given["slug"], name=given["name"], time_zone=given["time_zone"])
        agency.full_clean()
        agency.save(force_insert=True)
        return f"Added {agency.slug}."

    def _unit(self, given: Options) -> str:
        unit = Unit(agency=_agency(given["agency"]), name=given["name"], area=given["area"])
        unit.full_clean()
        unit.save(force_insert=True)
        return f"Added {unit.name}."

    def _add(self, given: Options) -> str:
        agency, password = _agency(given["agency"]), _first_password()
        unit = agency.units.get(name=given["unit"]) if given["unit"] else None
        if given["email"]:
            validate_email(given["email"])
        services.create_person(
            username=given["username"],
            name=given["name"],
            password=password,
            agency=agency,
            unit=unit,
            email=given["email"],
        )
        return f"Added {given['username']}. First password, to be changed: {password}"

    def _grant(self, given: Options) -> str:
        grant = services.grant_role(
            person=_person(given["username"]),
            role=Role(given["role"]),
            held_from=given["since"] or timezone.localdate(),
            held_until=given["until"],
            unit_commander=given["unit_commander"],
        )
        return f"{given['username']} is {grant.role} until {grant.held_until}."

    def _train(self, given: Options) -> str:
        services.record_certificate(
            person=_person(given["username"]),
            course=given["course"],
            level=Certificate.Level(given["level"]),
            completed_on=given["completed"],
            expires_on=given["expires"],
        )
        return f"Recorded for {given['username']}."

    def _suspend(self, given: Options) -> str:
        services.suspend_person(person=_person(given["username"]), reason=given["reason"])
        return f"{given['username']} is suspended."

    def _reinstate(self, given: Options) -> str:
        services.reinstate_person(person=_person(given["username"]), reason=given["reason"])
        return f"{given['username']} is reinstated."

    def _close(self, given: Options) -> str:
        services.close_account(person=_person(given["username"]), reason=given["reason"])
        return f"The account {given['username']} is closed."

    def _password(self, given: Options) -> str:
        password = _first_password()
        services.reset_password(
            person=_person(given["username"]), password=password, reason=given["reason"]
        )
        return f"First password of {given['username']}, to be changed: {password}"

    def _list(self, _given: Options) -> str:
        people = Person.objects.select_related("unit").order_by("username")
        return "\n".join(_line(person) for person in people) or "Nobody yet."


def _add_account_verbs(verbs: Any) -> None:
    add = verbs.add_parser("add", help="make an account; prints its first password, once")
    add.add_argument("username")
    add.add_argument("name")
    add.add_argument("--agency", required=True)
    add.add_argument("--unit", default="", help="officers and supervisors need one")
    add.add_argument("--email", default="", help="where news without details is sent")
    grant = verbs.add_parser("grant", help="give a role, for a time")
    grant.add_argument("username")
    grant.add_argument("role", choices=Role.values)
    grant.add_argument("--from", dest="since", type=date.fromisoformat, metavar="DATE")
    grant.add_argument(
        "--until", type=date.fromisoformat, required=True, metavar="DATE", help="not included"
    )
    grant.add_argument("--unit-commander", action="store_true")
    train = verbs.add_parser("train", help="record completed training")
    train.add_argument("username")
    train.add_argument("course")
    train.add_argument("--level", choices=Certificate.Level.values, required=True)
    train.add_argument("--completed", type=date.fromisoformat, required=True, metavar="DATE")
    train.add_argument(
        "--expires", type=date.fromisoformat, required=True, metavar="DATE", help="not included"
    )
    for verb, words in (
        ("suspend", "let someone read, but not ask or decide"),
        ("reinstate", "end a suspension"),
        ("close", "end an account and its roles, for good"),
        ("password", "give a new first password"),
    ):
        one = verbs.add_parser(verb, help=words)
        one.add_argument("username")
        one.add_argument("--reason", required=True, help="recorded")


def _agency(slug: str) -> Agency:
    return Agency.objects.get(slug=slug)


def _person(username: str) -> Person:
    return Person.objects.get_by_natural_key(username)


def _first_password() -> str:
    password = secrets.token_urlsafe(12)
    validate_password(password)
    return password


def _line(person: Person) -> str:
    today = timezone.localdate()
    training = current_training(person, on=today)
    told = (
        person.username,
        person.name,
        person.unit.name if person.unit else "no unit",
        ", ".join(sorted(roles_of(person, on=today))) or "no role",
        f"training until {training.expires_on}" if training else "no training",
        "closed" if not person.is_active else "suspended" if person.suspended else "active",
    )
    return " · ".join(told)
