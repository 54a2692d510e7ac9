import pytest
from django.core.management import call_command

from accounts.models import Agency
from tests import factories as make
from tests.deadlines.desk import Desk, open_desk


@pytest.fixture
def law(db: None) -> None:
    """The rules and the calendar that ship with the portal."""
    call_command("load_deadlines", verbosity=0)


@pytest.fixture
def authority(law: None) -> Agency:
    """The data authority."""
    return make.agency("Sở Đầu mối", data_authority=True)


@pytest.fixture
def agency(law: None) -> Agency:
    return make.agency("Sở Y tế")


@pytest.fixture
def desk(authority: Agency) -> Desk:
    """The officers' desk in the third quarter of 2026."""
    return open_desk(authority)
