import pytest
from django.core.management import call_command

from accounts.models import Agency
from tests import factories as make


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
