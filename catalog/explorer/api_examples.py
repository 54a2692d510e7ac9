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

from catalog.explorer.api_parameters import FORMAT, LARGEST_PAGE, PAGE_SIZE

Pairs = Sequence[tuple[str, str]]
EXCEL = _("Excel (Power Query)")


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
        Example("excel", EXCEL, _power_query(everything)),
        Example("javascript", "JavaScript", _javascript(everything)),
    ]


def examples_with_token(address: str, pairs: Pairs, *, token_address: str) -> list[Example]:
    """The same for callers with an account, who fetch a token at `token_address` first (RFC 6749, 4.4).

    Rows that fit `pairs`, then everything as a CSV file. Client id and secret come from the variables
    CLIENT_ID and CLIENT_SECRET of the environment, in Power Query from parameters of these names: no
    example holds a secret. None in JavaScript: a page would give its secret to every visitor.
    """
    whole = [*pairs, (PAGE_SIZE, str(LARGEST_PAGE))]
    everything = f"{address}?{urlencode(whole)}"
    export = f"{address}?{urlencode([(FORMAT, 'csv')])}"
    return [
        Example("curl", "curl", _curl_with_token(address, pairs, token_address)),
        Example(
            "python",
            "Python (requests, pandas)",
            _python_with_token(address, whole, token_address),
        ),
        Example("r", "R (curl, jsonlite)", _r_with_token(everything, export, token_address)),
        Example("excel", EXCEL, _power_query_with_token(everything, token_address)),
    ]


def _curl(address: str, pairs: Pairs, *options: str) -> str:
    lines = [f"curl --get {shlex.quote(address)}", *(f"  {option}" for option in options)]
    lines += [f"  --data-urlencode {shlex.quote(f'{name}={value}')}" for name, value in pairs]
    return " \\\n".join(lines)


def _curl_with_token(address: str, pairs: Pairs, token_address: str) -> str:
    bearer = '--header "Authorization: Bearer $TOKEN"'
    return f"""\
TOKEN=$(curl --silent --fail-with-body --user "$CLIENT_ID:$CLIENT_SECRET" \\
  --data grant_type=client_credentials {shlex.quote(token_address)} \\
  | sed 's/.*"access_token": *"\\([^"]*\\)".*/\\1/')

{_curl(address, pairs, "--fail-with-body", bearer)}

{_curl(address, [(FORMAT, "csv")], "--fail-with-body", bearer, "--output du-lieu.csv")}"""


def _python(address: str, pairs: Pairs) -> str:
    return f"""\
import pandas
import requests

{_python_pages(address, pairs, "requests.get")}

table = pandas.DataFrame(rows)
print(table)"""


def _python_with_token(address: str, pairs: Pairs, token_address: str) -> str:
    return f"""\
import os

import pandas
import requests

key = (os.environ["CLIENT_ID"], os.environ["CLIENT_SECRET"])
answer = requests.post(
    {_literal(token_address)},
    data={{"grant_type": "client_credentials"}},
    auth=key,
    timeout=60,
)
answer.raise_for_status()
session = requests.Session()
session.headers["Authorization"] = "Bearer " + answer.json()["access_token"]

{_python_pages(address, pairs, "session.get")}

table = pandas.DataFrame(rows)
print(table)

answer = session.get({_literal(address)}, params={{"format": "csv"}}, timeout=600)
answer.raise_for_status()
with open("du-lieu.csv", "wb") as file:
    file.write(answer.content)"""


def _python_pages(address: str, pairs: Pairs, get: str) -> str:
    parameters = "\n".join(f"    ({_literal(name)}, {_literal(value)})," for name, value in pairs)
    return f"""\
address = {_literal(address)}
parameters = [
{parameters}
]
rows = []
while address:
    answer = {get}(address, params=parameters, timeout=60)
    answer.raise_for_status()
    page = answer.json()
    rows += page["data"]
    address, parameters = page["links"]["next"], None"""


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


def _r_with_token(address: str, export: str, token_address: str) -> str:
    return f"""\
library(curl)
library(jsonlite)

read <- function(address, ...) {{
  answer <- curl_fetch_memory(address, new_handle(...))
  text <- rawToChar(answer$content)
  Encoding(text) <- "UTF-8"
  if (answer$status_code >= 400) stop(text)
  fromJSON(text)
}}
key <- paste(Sys.getenv("CLIENT_ID"), Sys.getenv("CLIENT_SECRET"), sep = ":")
token <- read({_literal(token_address)},
              userpwd = key, postfields = "grant_type=client_credentials")
bearer <- paste("Authorization: Bearer", token$access_token)

address <- {_literal(address)}
pages <- list()
while (!is.null(address)) {{
  page <- read(address, httpheader = bearer)
  pages <- c(pages, list(as.data.frame(page$data)))
  address <- page$links$`next`
}}
table <- rbind_pages(pages)
print(table)

curl_download({_literal(export)}, "du-lieu.csv",
              handle = new_handle(httpheader = bearer, failonerror = TRUE))"""


def _power_query_with_token(address: str, token_address: str) -> str:
    """CLIENT_ID and CLIENT_SECRET are parameters of the workbook: M knows no environment."""
    return f"""\
let
    Key = Binary.ToText(
        Text.ToBinary(CLIENT_ID & ":" & CLIENT_SECRET), BinaryEncoding.Base64
    ),
    Token = Json.Document(Web.Contents("{token_address}", [
        Headers = [
            Authorization = "Basic " & Key,
            #"Content-Type" = "application/x-www-form-urlencoded"
        ],
        Content = Text.ToBinary("grant_type=client_credentials")
    ]))[access_token],
    Ask = (address) => Json.Document(Web.Contents(address, [
        Headers = [Authorization = "Bearer " & Token]
    ])),
{_power_query_pages(address)}"""


def _power_query(address: str) -> str:
    """In Power Query's formula language M, where a text doubles its quotes; an address holds none."""
    return f"""\
let
    Ask = (address) => Json.Document(Web.Contents(address)),
{_power_query_pages(address)}"""


def _power_query_pages(address: str) -> str:
    return f"""\
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
