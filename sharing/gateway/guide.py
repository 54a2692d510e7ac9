"""How to call the gateway with one account: what a developer of the agency needs, without any secret."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise

from accounts.actions.audit import revision
from catalog.api.problems import KINDS, Problem
from catalog.explorer.api_examples import Example, examples_with_token
from catalog.explorer.api_parameters import OP_MARK, SORT
from catalog.problem_words import type_name
from sharing.gateway.problem_advice import ADVICE
from sharing.gateway.services import column_words
from sharing.gateway.tables import readable_table
from sharing.models import ConnectionAccount
from sharing.selectors.accounts import GivenTable, given_by
from tables import ops_of


@dataclass(frozen=True)
class GuideColumn:
    """A granted column with the operations that conditions on it may use."""

    name: str
    label: str
    type_words: str
    ops: Sequence[str]


@dataclass(frozen=True)
class GuideTable:
    """A granted table; `problem` says why it gives nothing now, and the rest is empty then.

    `addresses`: absolute ones by what is to be had there.
    """

    given: GivenTable
    problem: str = ""
    periods: Sequence[str] = ()
    columns: Sequence[GuideColumn] = ()
    addresses: Sequence[tuple[str, str]] = ()
    examples: Sequence[Example] = ()


@dataclass(frozen=True)
class Refusal:
    """One sort of refusal and what its caller does about it."""

    status: int
    code: str
    title: str | Promise
    advice: str | Promise


def guide_tables(account: ConnectionAccount) -> list[GuideTable]:
    """The account's tables as its scope and their releases stand now."""
    now = revision()
    return [_guide_table(one, now) for one in given_by(account.scope)]


def token_address() -> str:
    return settings.SITE_URL + reverse("gateway-token")


def refusals() -> list[Refusal]:
    """Those a caller with an account may meet, by status."""
    found = [Refusal(KINDS[code].status, code, KINDS[code].title, words)
             for code, words in ADVICE.items()]  # fmt: skip
    return sorted(found, key=lambda one: one.status)


def _guide_table(given: GivenTable, now: int) -> GuideTable:
    try:
        table = readable_table(given.granted, now)
    except Problem as problem:
        return GuideTable(given, problem.detail)
    columns = [
        GuideColumn(one["name"], one["label"], type_name(one["type"]), ops_of(one["type"]))
        for one in column_words(table)
    ]
    first = next((one.name for one in columns if "eq" in one.ops), "")
    pairs = [(f"{first}{OP_MARK}not_empty", "true"), (SORT, first)] if first else []
    names = ("rows", "profile", "table-schema", "table-openapi")
    return GuideTable(
        given,
        periods=table.periods,
        columns=columns,
        addresses=[(name, table.address(name)) for name in names],
        examples=examples_with_token(table.address("rows"), pairs, token_address=token_address()),
    )
