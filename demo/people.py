"""Demonstration accounts: posts in agencies, not persons."""

from dataclasses import dataclass

from core.vietnamese import slugify
from demo.agencies import agencies
from demo.catalogue import DATASETS

DOMAIN = "demo.nghean.example"
# The same for all of them and printed at the start: these accounts exist in demonstrations only.
PASSWORD = "KhoDuLieu-minhhoa-2026"  # noqa: S105  # nosec B105
DATA_AUTHORITY = "SKHCN2025"
OPERATOR = "TTCNTT"
PROVINCE = "VPUBND"
AUDITOR = "TTT"
# Agencies that have an administrator and a contact officer of their own.
FULLY_STAFFED = ("SYT", "SGDĐT", "SNNMT2025")
# Agencies that ask for connections or offer services, and have a contact officer for it.
CONNECTING = (
    "BHXH", "STC2025", "STP", "VPUBND", "SXD2025", "SNV2025", "CAT", "SCT", "SVHTTDL2025",
)  # fmt: skip

# Role: the post as it is called, and the part of the e-mail address.
POSTS = {
    "contributor": ("Cán bộ cập nhật", "capnhat"),
    "approver": ("Lãnh đạo duyệt", "duyet"),
    "agency_admin": ("Quản trị cơ quan", "quantri"),
    "contact_officer": ("Cán bộ đầu mối", "daumoi"),
    "ict_officer": ("Chuyên viên quản lý dữ liệu", "dulieu"),
    "ict_leader": ("Lãnh đạo phụ trách dữ liệu", "lanhdao"),
    "province_leader": ("Lãnh đạo tỉnh", "lanhdaotinh"),
    "operator": ("Cán bộ vận hành", "vanhanh"),
    "auditor": ("Cán bộ kiểm tra nhật ký", "kiemtra"),
}


@dataclass(frozen=True)
class DemoPerson:
    """An account and its roles, each in one agency."""

    email: str
    full_name: str
    roles: tuple[tuple[str, str], ...]


def person(role: str, agency_key: str) -> DemoPerson:
    """The holder of one role in one agency: syt.capnhat@demo.nghean.example."""
    post, mailbox = POSTS[role]
    short = slugify(agency_key.removesuffix("2025"), separator="")
    name = agencies()[agency_key]["name_vi"]
    return DemoPerson(f"{short}.{mailbox}@{DOMAIN}", f"{post} – {name}", ((role, agency_key),))


def email_of(role: str, agency_key: str) -> str:
    return person(role, agency_key).email


def _people() -> tuple[DemoPerson, ...]:
    owners = dict.fromkeys(dataset.agency_key for dataset in DATASETS)
    posts = [(role, key) for key in owners for role in ("contributor", "approver")]
    posts += [(role, key) for key in FULLY_STAFFED for role in ("agency_admin", "contact_officer")]
    posts += [("contact_officer", key) for key in CONNECTING]
    posts += [("ict_officer", DATA_AUTHORITY), ("ict_leader", DATA_AUTHORITY)]
    posts += [("province_leader", PROVINCE), ("operator", OPERATOR), ("auditor", AUDITOR)]
    return tuple(person(role, key) for role, key in posts)


PEOPLE = _people()
