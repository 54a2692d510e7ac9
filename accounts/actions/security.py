"""What touches the safety of somebody's account: recorded, and told to that person."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.urls import reverse
from django.utils import formats, translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.actions.audit import record
from accounts.actions.notices import tell, write_letter
from accounts.actions.sessions import end_all
from accounts.models import Person
from accounts.origin import current_origin
from core import clock


@transaction.atomic
def signed_in(*, by: Person) -> None:
    record(by=by, action="person.signed_in", target=by)


@transaction.atomic
def signed_out(*, by: Person) -> None:
    record(by=by, action="person.signed_out", target=by)


@transaction.atomic
def set_password(*, person: Person, password: str) -> None:
    """A new password, chosen by the person; all other sessions end with it."""
    person.set_password(password)
    person.save(update_fields=["password"])
    end_all(person)
    report(person=person, news="person.password_changed", by=person)


@transaction.atomic
def remove_second_factor(*, person: Person) -> bool:
    """By the operator, for somebody who lost both telephone and recovery codes.

    The person signs in with the password alone and adds another. Returns whether there was one.
    """
    removed, _kinds = Authenticator.objects.filter(user=person).delete()
    if removed:
        report(person=person, news="person.second_factor_removed", by=None)
    return bool(removed)


@transaction.atomic
def send_address_link(*, person: Person, link: str, minutes: int) -> None:
    """The letter that proves that whoever is signed in reads the account's post.

    A letter whatever the person wants to get by post: the portal itself would prove nothing.
    """
    record(by=person, action="person.address_link_sent", target=person)
    facts = {"name": person.full_name, "link": link, "minutes": minutes}
    with translation.override(person.language):
        write_letter(
            to=person.email,
            subject=_("Xác nhận địa chỉ thư để bật xác thực hai lớp"),
            body=_(
                "Kính gửi %(name)s,\n\nCó người đã đăng nhập bằng mật khẩu của ông/bà và muốn bật xác thực "
                "hai lớp. Nếu đó là ông/bà, hãy mở liên kết sau trong vòng %(minutes)s phút, ở chính trình "
                "duyệt đang đăng nhập:\n%(link)s\n\nNếu không phải, đừng mở liên kết: mật khẩu đã lộ, hãy "
                "đặt lại mật khẩu ngay và báo cơ quan đầu mối."
            )
            % facts,
        )


@transaction.atomic
def report(*, person: Person, news: str, by: Person | None) -> None:
    """Record a change to the account and tell its owner, who may not be the one who made it.

    `news` is both the audit action and the kind of notice; `by` None: the operator.
    """
    record(by=by, action=news, target=person)
    moment = localtime(clock.now())
    facts = {
        "time": formats.date_format(moment, "d/m/Y H:i"),
        "address": current_origin().address or "–",
    }
    tell([person], kind=news, facts=facts, path=reverse("profile"))
