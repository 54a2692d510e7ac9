from django.http import Http404


def unfinished(request, **kwargs):  # noqa: ANN001, ANN003, ANN201
    raise Http404
