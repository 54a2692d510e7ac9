"""How far the writing of a request has come: its pages in order, and what each still lacks."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sharing.answers import Answer, answers_of, missing_answers
from sharing.models import ConnectionRequest, FormField

Step = FormField.Step


@dataclass(frozen=True)
class Place:
    """Where one page stands among the pages of the request; the last of `of` is the check."""

    step: Step
    number: int
    of: int
    before: Step | None
    after: Step | None


@dataclass(frozen=True)
class Part:
    """One page of the request as the check shows it; `missing`: labels of what it still lacks."""

    step: Step
    answers: list[Answer]
    missing: list[str]


def steps_of(request: ConnectionRequest) -> list[Step]:
    """The pages with something to fill in; the document always has its own.

    Officers begin with it: it tells them whether the letter has been keyed in already.
    """
    asked = {field.step for field in request.form.fields.all()}
    steps = [step for step in Step if step in asked or step == Step.DOCUMENT]
    if request.is_being_keyed_in:
        steps.sort(key=lambda step: step != Step.DOCUMENT)
    return steps


def place_of(request: ConnectionRequest, step: str) -> Place | None:
    """None for a page this request does not have."""
    steps = steps_of(request)
    if step not in steps:
        return None
    at = steps.index(Step(step))
    before = steps[at - 1] if at else None
    after = steps[at + 1] if at + 1 < len(steps) else None
    return Place(Step(step), at + 1, len(steps) + 1, before, after)


def fields_of(request: ConnectionRequest, step: Step) -> list[FormField]:
    return list(request.form.fields.filter(step=step))


def parts_of(request: ConnectionRequest) -> list[Part]:
    """Every page with its answers and what it lacks; three queries."""
    answers, missing = list(answers_of(request)), missing_answers(request)
    return [
        Part(
            step,
            [one for one in answers if one.field.step == step],
            [field.label for field in missing if field.step == step]
            + (_missing_of_the_document(request) if step == Step.DOCUMENT else []),
        )
        for step in steps_of(request)
    ]


def first_unfinished(request: ConnectionRequest) -> Step | None:
    """The first page that lacks something; none when the request may be sent."""
    return next((part.step for part in parts_of(request) if part.missing), None)


def _missing_of_the_document(request: ConnectionRequest) -> list[str]:
    wanted = [
        (request.document_number, _("Số, ký hiệu văn bản")),
        (request.document_date, _("Ngày văn bản")),
    ]
    if request.is_being_keyed_in:
        wanted.append((request.received_on, _("Ngày văn bản đến")))
    return [label for known, label in wanted if not known]
