"""The addresses of the gateway that give data and what is said about them."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from catalog.api.encoding import MEDIA_TYPE, encoded
from catalog.api.engine_problems import engine_problem
from catalog.api.profiles import Describe, described_release, profile_of, schema_of
from catalog.api.row_query import RowRequest
from catalog.api.rows import rows_given
from sharing.gateway.call_log import Call
from sharing.gateway.callers import Caller
from sharing.gateway.document import table_document
from sharing.gateway.gate import for_accounts, no_charge
from sharing.gateway.services import services_of
from sharing.gateway.tables import readable_table
from tables import Query
from tables.problems import CodedError


@for_accounts
def services(request: HttpRequest, call: Call) -> HttpResponseBase:
    """What the account may use: its service, the tables, their columns, where to ask for them."""
    return HttpResponse(encoded(services_of(_caller(call))), content_type=MEDIA_TYPE)


@for_accounts
def table_rows(request: HttpRequest, call: Call, resource_id: UUID) -> HttpResponseBase:
    """Rows as the open API gives them, of what the account may see."""
    caller = _caller(call)
    table = readable_table(caller.granted(resource_id), caller.revision)
    given = rows_given(request, table, no_charge)
    call.columns, call.rows = given.columns, given.rows
    return given.response


@for_accounts
def profile(request: HttpRequest, call: Call, resource_id: UUID) -> HttpResponseBase:
    """Of every column the account may see: what it holds in the rows the account may see."""
    return _described(request, call, resource_id, profile_of)


@for_accounts
def schema(request: HttpRequest, call: Call, resource_id: UUID) -> HttpResponseBase:
    """Those columns as a Table Schema."""
    return _described(request, call, resource_id, schema_of)


@for_accounts
def document(request: HttpRequest, call: Call, resource_id: UUID) -> HttpResponseBase:
    """OpenAPI 3.1 of the table as the account may see it, with the way to a token."""
    return _described(request, call, resource_id, table_document)


def _described(
    request: HttpRequest, call: Call, resource_id: UUID, describe: Describe
) -> HttpResponseBase:
    caller = _caller(call)
    table = readable_table(caller.granted(resource_id), caller.revision)
    try:
        return described_release(request, table, describe)
    except CodedError as error:
        raise engine_problem(error, RowRequest(Query())) from error


def _caller(call: Call) -> Caller:
    """Views are called with somebody who has been let in."""
    if call.caller is None:
        raise PermissionError("nobody has been let in")
    return call.caller
