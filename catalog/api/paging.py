"""Pages of the API: ?page=2&page_size=50."""

import re

from django.utils.translation import gettext as _
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request

from catalog.api.problems import Problem


class Pages(PageNumberPagination):
    page_size = 20
    page_size_query_param = "page_size"
    max_page_size = 100

    def get_page_size(self, request: Request) -> int | None:
        """The size asked for; of more than a page holds, as many as it holds. Raises the problem."""
        name = self.page_size_query_param
        if not re.fullmatch(r"0*[1-9]\d{0,14}", request.query_params.get(name, "1"), re.ASCII):
            sentence = _("“%(name)s” phải là số nguyên từ %(least)d đến %(most)d.")
            values = {"name": name, "least": 1, "most": self.max_page_size}
            raise Problem("bad-value", sentence % values, parameter=name)
        return super().get_page_size(request)
