"""Gatekeepers: the only way views get a duty or a petition of an agency's work, a round, a rule, a day.

Each takes who asks and what they want to do. Raises NotSignedIn, NotFound, Forbidden or
SecondFactorMissing as accounts.permissions.check_permission.
"""

from datetime import date

from accounts.permissions import NotFound, NotSignedIn, Visitor, check_permission, is_person
from accounts.roles import Permission
from deadlines.models import CalendarDay, Duty, LegalRule, Petition, Round
from deadlines.selectors.progress import round_of


def duty_for(visitor: Visitor, duty_id: int, permission: Permission) -> Duty:
    """The duty with agency, rule and round, for a visitor who may."""
    if not is_person(visitor):
        raise NotSignedIn
    duties = Duty.objects.select_related("agency", "rule", "round")
    duty = duties.filter(pk=duty_id).first()
    if duty is None:
        raise NotFound
    check_permission(visitor, permission, duty.agency)
    return duty


def petition_for(visitor: Visitor, petition_id: int, permission: Permission) -> Petition:
    """The petition with its duty, agency and the people in it, for a visitor who may."""
    if not is_person(visitor):
        raise NotSignedIn
    petitions = Petition.objects.select_related(
        "duty__agency", "duty__rule", "duty__round", "asked_by", "decided_by"
    )
    petition = petitions.filter(pk=petition_id).first()
    if petition is None:
        raise NotFound
    check_permission(visitor, permission, petition.duty.agency)
    return petition


def round_for(visitor: Visitor, period: str, permission: Permission) -> Round:
    """The round of that period, for somebody who holds the permission in the data authority."""
    check_permission(visitor, permission)
    round_ = round_of(period)
    if round_ is None:
        raise NotFound
    return round_


def rule_for(visitor: Visitor, rule_id: int, permission: Permission) -> LegalRule:
    """The rule, for somebody who holds the permission in the data authority."""
    check_permission(visitor, permission)
    rule = LegalRule.objects.filter(pk=rule_id).first()
    if rule is None:
        raise NotFound
    return rule


def calendar_day_for(visitor: Visitor, day: date, permission: Permission) -> CalendarDay:
    """The row of that day, for somebody who holds the permission in the data authority."""
    check_permission(visitor, permission)
    row = CalendarDay.objects.filter(day=day).first()
    if row is None:
        raise NotFound
    return row
