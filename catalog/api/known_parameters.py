"""The lists of the API refuse a query parameter they do not know, as the row API does."""

from collections.abc import Collection, Iterator
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.settings import api_settings

from catalog.api.paging import Pages
from catalog.api.problems import Problem, shown
from catalog.explorer.api_parameters import FORMAT, LANGUAGE


class OnlyKnownParameters(GenericAPIView):
    """A view whose filters, pages and `own_parameters` are all that may stand in its addresses."""

    own_parameters: tuple[str, ...] = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        check_known(request.query_params, list(self._known()))

    def _known(self) -> Iterator[str]:
        filters = getattr(self, "filterset_class", None)
        yield from filters.base_filters if filters else ()
        yield from self.own_parameters
        if isinstance(self.paginator, Pages):
            yield self.paginator.page_query_param
            yield self.paginator.page_size_query_param
        yield api_settings.URL_FORMAT_OVERRIDE or FORMAT
        yield LANGUAGE


def check_known(given: QueryDict, known: Collection[str]) -> None:
    """Raises the problem for a parameter that is not known, or one given twice."""
    for name, values in given.lists():
        if name not in known:
            sentence = _("Không có tham số “%(name)s”.") % {"name": shown(name)}
            raise Problem("unknown-parameter", sentence, parameter=name, allowed=known)
        if len(values) > 1:
            sentence = _("Tham số “%(name)s” chỉ được ghi một lần.") % {"name": name}
            raise Problem("bad-value", sentence, parameter=name)
