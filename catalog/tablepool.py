"""The one table engine of this process, made when first asked."""

from functools import cache

from django.conf import settings

from catalog.tables import TablePool


@cache
def pool() -> TablePool:
    """Opens table files under the data folder only: the local storage and the cache of a remote one."""
    return TablePool(memory_limit=settings.TABLE_MEMORY, root=settings.PORTAL_DATA)
