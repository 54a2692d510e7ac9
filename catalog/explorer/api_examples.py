"""The same request to the row API as programs write it: complete, to be run as they stand.

All but curl page through the whole result by the answer's links.next, so that codes stay texts and
numbers numbers whatever the country of the reader's computer.
"""

import json
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.explorer.api_parameters import LARGEST_PAGE, PAGE_SIZE

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Example:
    """`code` names it in the page's ids."""

    code: str
    label: str | Promise
    text: str


def examples(address: str, pairs: Pairs) -> list[Example]:
    """The request of `pairs` at the absolute `address`, in each language."""
    whole = [*pairs, (PAGE_SIZE, str(LARGEST_PAGE))]
    everything = f"{address}?{urlencode(whole)}"
    return [
        Example("curl", "curl", _curl(address, pairs)),
        Example("python", "Python (requests, pandas)", _python(address, whole)),
        Example("r", "R (jsonlite)", _r(everything)),
        Example("excel", _("Excel (Power Query)"), _power_query(everything)),
        Example("javascript", "JavaScript", _javascript(everything)),
    ]


def _curl(address: str, pairs: Pairs) -> str:
    lines = [f"curl --get {shlex.quote(address)}"]
    lines += [f"  --data-urlencode {shlex.quote(f'{name}={value}')}" for name, value in pairs]
    return " \\\n".join(lines)


def _python(address: str, pairs: Pairs) -> str:
    parameters = "\n".join(f"    ({_literal(name)}, {_literal(value)})," for name, value in pairs)
    return f"""\
import pandas
import requests

address = {_literal(address)}
parameters = [
{parameters}
]
rows = []
while address:
    answer = requests.get(address, params=parameters, timeout=60)
    answer.raise_for_status()
    page = answer.json()
    rows += page["data"]
    address, parameters = page["links"]["next"], None

table = pandas.DataFrame(rows)
print(table)"""


def _r(address: str) -> str:
    return f"""\
library(jsonlite)

address <- {_literal(address)}
pages <- list()
while (!is.null(address)) {{
  page <- fromJSON(address)
  pages <- c(pages, list(as.data.frame(page$data)))
  address <- page$links$`next`
}}
table <- rbind_pages(pages)
print(table)"""


def _power_query(address: str) -> str:
    """In Power Query's formula language M, where a text doubles its quotes; an address holds none."""
    return f"""\
let
    Ask = (address) => Json.Document(Web.Contents(address)),
    Pages = List.Generate(
        () => Ask("{address}"),
        each _ <> null,
        each if [links][next] = null then null else Ask([links][next])
    ),
    Rows = List.Combine(List.Transform(Pages, each [data])),
    Result = Table.FromRecords(Rows)
in
    Result"""


def _javascript(address: str) -> str:
    return f"""\
const rows = [];
let address = {_literal(address)};
while (address) {{
  const answer = await fetch(address);
  const page = await answer.json();
  if (!answer.ok) throw new Error(page.detail);
  rows.push(...page.data);
  address = page.links.next;
}}
console.table(rows);"""


def _literal(text: str) -> str:
    """A text as JSON writes it, which Python, R and JavaScript read alike."""
    return json.dumps(text, ensure_ascii=False)
