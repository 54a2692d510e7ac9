"""Pages as a reader of their markup sees them: the spacing that templates leave does not count."""

import re

from django.http import HttpResponse


def markup(response: HttpResponse) -> str:
    """The page with single spaces, and none between a tag and what stands beside it."""
    page = " ".join(response.content.decode().split())
    return re.sub(r"\s*(<[^>]+>)\s*", r"\1", page)
