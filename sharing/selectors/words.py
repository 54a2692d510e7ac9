"""Finding by words, with or without accents."""

from typing import Any

from django.db.models import QuerySet

from core.vietnamese import fold


def with_words(found: QuerySet[Any, Any], text: str, *names: str) -> list[Any]:
    """Keys of the rows in whose named columns every word stands; they are few thousands at most."""
    wanted = fold(text).split()
    facts = found.order_by().values_list("pk", *names)
    return [
        pk
        for pk, *words in facts.iterator()
        if all(word in fold(" ".join(words)) for word in wanted)
    ]
