"""The query string of the dataset list, with CKAN's parameter names."""

from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict

from catalog.search_words import SearchText

RELEVANCE, UPDATED, TITLE = "relevance", "updated", "title"
# Our spellings and those CKAN clients send.
SORTS = {
    RELEVANCE: RELEVANCE,
    UPDATED: UPDATED,
    TITLE: TITLE,
    "score desc": RELEVANCE,
    "score desc, metadata_modified desc": RELEVANCE,
    "metadata_modified desc": UPDATED,
    "title_string asc": TITLE,
    "title asc": TITLE,
    "name asc": TITLE,
}
# What the list can be narrowed by, in the order the facets are shown.
FACETS = ("organization", "groups", "res_format", "access", "frequency")
NARROWING = (*FACETS, "tags")


@dataclass(frozen=True)
class SearchParameters:
    """What is asked for. `chosen`: parameter → values ticked; `sort` None: not one we know."""

    text: SearchText
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str | None = RELEVANCE
    page: str = "1"

    @classmethod
    def from_query(cls, query: QueryDict) -> "SearchParameters":
        text = SearchText.parse(query.get("q", ""))
        usual = RELEVANCE if text else UPDATED
        chosen = {name: _values(query, name) for name in NARROWING if _values(query, name)}
        sort = SORTS.get(query.get("sort", "")) if query.get("sort") else usual
        return cls(text, chosen, sort, query.get("page") or "1")

    @property
    def filters(self) -> list[tuple[str, str]]:
        """Every ticked value as (parameter, value)."""
        return [(name, value) for name, values in self.chosen.items() for value in values]

    def without(self, name: str, value: str | None = None) -> "SearchParameters":
        """The same search without one value, or without the whole parameter; "q" drops the text."""
        if name == "q":
            return replace(self, text=SearchText.parse(""), page="1")
        kept = () if value is None else tuple(v for v in self.chosen.get(name, ()) if v != value)
        chosen = {**self.chosen, name: kept}
        return replace(self, chosen={n: values for n, values in chosen.items() if values}, page="1")

    @property
    def query_string(self) -> str:
        """ "?…" of this search, on its first page."""
        pairs = [("q", self.text.typed)] if self.text else []
        pairs += self.filters
        if self.sort and self.sort != (RELEVANCE if self.text else UPDATED):
            pairs.append(("sort", self.sort))
        return f"?{urlencode(pairs)}"


def _values(query: QueryDict, name: str) -> tuple[str, ...]:
    cleaned = (value.strip().replace("\0", "") for value in query.getlist(name))
    if name == "res_format":  # CKAN writes formats in capitals
        cleaned = (value.upper() for value in cleaned)
    return tuple(dict.fromkeys(value for value in cleaned if value))
