"""What people change about themselves."""

from django.db import transaction

from accounts.actions.audit import record
from accounts.models import Person

CHANGEABLE = ("full_name", "language", "wants_email")


@transaction.atomic
def change_profile(*, by: Person, full_name: str, language: str, wants_email: bool) -> Person:
    """Change one's own name, language of letters and landing page, and whether letters come at all."""
    person = Person.objects.select_for_update().get(pk=by.pk)
    wanted = {"full_name": full_name, "language": language, "wants_email": wants_email}
    before = {name: getattr(person, name) for name in CHANGEABLE}
    changed = {name: value for name, value in wanted.items() if before[name] != value}
    if not changed:
        return person
    for name, value in changed.items():
        setattr(person, name, value)
    person.save(update_fields=list(changed))
    record(
        by=person,
        action="person.changed",
        target=person,
        before={name: before[name] for name in changed},
        after=changed,
    )
    return person
