"""Is the process alive; can it do its work."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from portal.readiness import failures


def alive(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; asks nothing of anybody."""
    return HttpResponse("ok\n", content_type="text/plain")


def ready(request: HttpRequest) -> JsonResponse:
    """503 while something fails without which readers are not served; what fails, and since when.

    What is only `degraded` wants an operator, but no other server would serve readers better.
    """
    found = failures()
    failed = {one.check.name: one.told for one in found if one.check.needed}
    degraded = {one.check.name: one.told for one in found if not one.check.needed}
    answer = {"ready": not failed, "failed": failed, "degraded": degraded}
    return JsonResponse(answer, status=503 if failed else 200)
