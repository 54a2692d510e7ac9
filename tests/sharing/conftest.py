import pytest
from django.core.management import call_command

from tests.sharing.made import Cast


@pytest.fixture
def law(db: None) -> None:
    """The rules, the calendar and the form that ship with the portal."""
    call_command("load_deadlines", verbosity=0)
    call_command("load_sharing", verbosity=0)


@pytest.fixture
def cast(law: None) -> Cast:
    return Cast()
