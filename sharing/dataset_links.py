"""From a dataset to the services that share it."""

from collections.abc import Iterator

from catalog.models import Dataset
from catalog.related import Link, tell_of
from sharing.models import SharingService


@tell_of
def services_of(dataset: Dataset) -> Iterator[Link]:
    """The services that may be asked for today and give a table of the dataset; one query."""
    found = SharingService.objects.offered().filter(tables__resource__dataset=dataset).distinct()
    for service in found:
        yield Link(service.title, service.get_absolute_url(), str(service.get_form_display()))
