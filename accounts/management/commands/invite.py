"""Invite the first administrator of an agency, from the console of the operator."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.urls import reverse

from accounts.actions.invitations import invite
from accounts.models import Agency
from accounts.roles import ROLES


class Command(BaseCommand):
    help = (
        "Send an invitation and print its link, for when no letter can be sent yet. A role that reaches "
        "every agency is only proposed, once there is somebody who can confirm it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("full_name")
        parser.add_argument("agency", help="key or slug of the agency, e.g. SYT or so-y-te")
        parser.add_argument("--role", default="agency_admin", choices=list(ROLES))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["email"])
            invitation = invite(
                email=options["email"],
                full_name=options["full_name"],
                agency=_agency(options["agency"]),
                role_code=options["role"],
                by=None,
            )
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        if invitation.is_proposal:
            self.stdout.write(
                "Another person has to confirm this role before a letter goes: "
                f"{settings.SITE_URL}{reverse('role_proposals')}"
            )
        else:
            self.stdout.write(invitation.link)


def _agency(key_or_slug: str) -> Agency:
    for field in ("key", "slug"):
        agency = Agency.objects.filter(**{field: key_or_slug}).first()
        if agency is not None:
            return agency
    raise CommandError(f"There is no agency {key_or_slug!r}.")
