"""Objects for tests, made by the real actions: a release at a state has walked there.

Every function returns a saved object and needs only what the test is about.
"""

import hashlib
from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile

from accounts.models import Agency, Membership, Person
from catalog.actions import checking, decision, delivery
from catalog.actions import dataset as dataset_actions
from catalog.actions import resource as resource_actions
from catalog.models import Dataset, Licence, Release, Resource, Topic
from catalog.periods import offered_periods
from catalog.states import ReleaseState
from catalog.upload import IncomingFile
from core.vietnamese import slugify, sort_key

PASSWORD = "mat-khau-thu-nghiem-26"
GOOD_CSV = (
    "Mã xã,Tên xã,Số trường,Tỉ lệ,Ngày báo cáo\n"
    '00123,Đô Lương,12,"45,5",30/09/2026\n'
    '00124,Diễn Châu,8,"39,25",30/09/2026\n'
    '00125,Yên Thành,15,"51,0",01/10/2026\n'
)
# Wrong against the dictionary that GOOD_CSV leaves behind: "tám" is no number.
BAD_CSV = GOOD_CSV.replace(",8,", ",tám,")
_numbers = count(1)


def agency(name: str = "Sở Thử nghiệm", *, data_authority: bool = False, **fields: Any) -> Agency:
    number = next(_numbers)
    defaults = {
        "key": f"STN{number}",
        "slug": f"{slugify(name, longest=60)}-{number}",
        "name_vi": name,
        "name_en": f"Department {number}",
        "kind": Agency.Kind.DEPARTMENT,
        "name_sort": sort_key(name),
        "contact_post": "Văn phòng",
        "is_data_authority": data_authority,
    }
    return Agency.objects.create(**{**defaults, **fields})


def person(role: str | None = None, at: Agency | None = None, *, name: str = "") -> Person:
    """Somebody, holding `role` in the agency since long ago when one is given."""
    number = next(_numbers)
    someone = Person.objects.create_user(
        f"nguoi-{number}@thu.example", name or f"Người thử {number}", PASSWORD
    )
    if role:
        Membership.objects.create(
            person=someone, agency=at or agency(), role_code=role, valid_from=date(2023, 10, 10)
        )
    return someone


def topic(title: str = "Y tế") -> Topic:
    return Topic.objects.get_or_create(
        slug=slugify(title), defaults={"title_vi": title, "title_en": title}
    )[0]


def licence() -> Licence:
    return Licence.objects.get_or_create(
        code="nghe-an-mo",
        defaults={
            "title_vi": "Điều khoản sử dụng dữ liệu mở tỉnh Nghệ An",
            "title_en": "Nghệ An open data terms of use",
            "citation_vi": "Điều 18 Nghị định 47/2020/NĐ-CP",
            "terms_vi": "Được tự do sử dụng, phải ghi nguồn.",
            "terms_en": "Free to use with attribution.",
            "valid_from": date(2023, 10, 10),
        },
    )[0]


def dataset(
    title: str = "Trường học theo xã",
    *,
    at: Agency | None = None,
    by: Person | None = None,
    **fields: Any,
) -> Dataset:
    """A registered draft with one resource called bang-chinh."""
    owner = at or agency()
    contributor = by or person("contributor", owner)
    topics = fields.pop("topics", None) or [topic()]
    facts = {
        "title_vi": title,
        "title_en": f"{title} (en)",
        "description_vi": "Mô tả bộ dữ liệu dùng trong kiểm thử.",
        "agency": owner,
        "contact_post": "Phòng Nghiệp vụ",
        "keywords": ["thử nghiệm"],
        "frequency": Dataset.Frequency.QUARTERLY,
        "access": Dataset.Access.OPEN,
        "licence": licence(),
        "legal_ground": "Quyết định 22/2023/QĐ-UBND",
        "spatial": "Tỉnh Nghệ An",
        "overlap": Dataset.Overlap.NONE,
    }
    made = dataset_actions.register(facts={**facts, **fields}, topics=topics, by=contributor)
    if made.access != Dataset.Access.LISTED:
        resource(made, by=contributor)
    return made


def resource(of: Dataset, *, by: Person | None = None, title: str = "Bảng chính") -> Resource:
    return resource_actions.add(
        dataset=of, title_vi=title, by=by or person("contributor", of.agency)
    )


def incoming(content: str | bytes = GOOD_CSV, name: str = "truong-hoc.csv") -> IncomingFile:
    """A file as the upload handler hands it over: on disk, hashed."""
    data = content.encode() if isinstance(content, str) else content
    file = IncomingFile(name, "text/csv", 0, None, None)
    assert isinstance(file, TemporaryUploadedFile)
    file.write(data)
    file.flush()
    file.seek(0)
    file.size = len(data)
    file.sha256 = hashlib.sha256(data).hexdigest()
    return file


def last_period(of: Resource) -> str:
    """The newest period that has ended."""
    return offered_periods(of.dataset)[0].code


def release_at(
    state: str,
    *,
    of: Resource | None = None,
    period: str | None = None,
    content: str | bytes = GOOD_CSV,
    name: str = "truong-hoc.csv",
    by: Person | None = None,
    approver: Person | None = None,
) -> Release:
    """A release that has gone through the real workflow up to `state`."""
    table = of or dataset().resources.get()
    owner = table.dataset.agency
    sender = by or person("contributor", owner)
    decider = approver or person("approver", owner)
    if state == ReleaseState.NEEDS_FIXING and content == GOOD_CSV:
        content = "a"  # a header without a row
    release = delivery.upload(
        resource=table,
        period_code=period or last_period(table),
        file=incoming(content, name),
        by=sender,
    )
    for step in _steps_to(state, sender, decider):
        step(release)
        release = Release.objects.select_related("resource__dataset__agency").get(pk=release.pk)
    assert release.state == state, f"{release.state}: {release.reading}"
    return release


def published(**how: Any) -> Release:
    return release_at(ReleaseState.PUBLISHED, **how)


def _steps_to(state: str, sender: Person, decider: Person) -> list[Callable[[Release], Any]]:
    check = lambda release: checking.check(release.pk)  # noqa: E731
    submit = lambda release: delivery.submit(release=release, by=sender)  # noqa: E731
    publish = lambda release: decision.publish(release=release, by=decider)  # noqa: E731
    reason = "Số liệu chưa khớp báo cáo quý."
    send_back = lambda release: decision.return_to_agency(  # noqa: E731
        release=release, reason=reason, by=decider
    )
    withdraw = lambda release: decision.withdraw(release=release, reason=reason, by=decider)  # noqa: E731
    steps: dict[str, list[Callable[[Release], Any]]] = {
        ReleaseState.CHECKING: [],
        ReleaseState.NEEDS_FIXING: [check],
        ReleaseState.READY: [check],
        ReleaseState.SUBMITTED: [check, submit],
        ReleaseState.RETURNED: [check, submit, send_back],
        ReleaseState.PUBLISHED: [check, submit, publish],
        ReleaseState.WITHDRAWN: [check, submit, publish, withdraw],
        ReleaseState.DISCARDED: [lambda release: delivery.discard(release=release, by=sender)],
    }
    return steps[state]
