"""Every page worth looking at, with who looks at it."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.province import Province


@dataclass(frozen=True)
class Sight:
    """A page as somebody sees it, perhaps after pressing the button of its form."""

    name: str
    path: Callable[[Province], str]
    visitor: str = ""
    status: int = 200
    button: str = ""
    drawn: str = ""  # what a script draws, where the page is complete with it only

    @property
    def has_errors(self) -> bool:
        """Its title begins with "Lỗi:"."""
        return "errors" in self.name

    def press(self, page: Page) -> None:
        with page.expect_navigation():
            page.locator(f"main form[method=post] button[type=submit]{self.button}").last.click()


def at(path: str) -> Callable[[Province], str]:
    """A path that is the same in every province."""
    return lambda province: path


def release(state: str, step: str = "") -> Callable[[Province], str]:
    return lambda province: f"/lam-viec/ky/{province.releases[state].pk}/{step}"


def of_dataset(query: str = "") -> Callable[[Province], str]:
    return lambda province: f"/dataset/{province.schools.slug}{query}"


def work_on(which: str, step: str = "") -> Callable[[Province], str]:
    return lambda province: f"/lam-viec/bo-du-lieu/{getattr(province, which).slug}/{step}"


def duty(which: str, step: str = "") -> Callable[[Province], str]:
    return lambda p: f"/lam-viec/nghia-vu/{getattr(p.duties, which).pk}/{step}"


def petition(which: str) -> Callable[[Province], str]:
    return lambda p: f"/lam-viec/de-nghi/{getattr(p.duties, which).pk}/"


def of_agency(step: str = "") -> Callable[[Province], str]:
    """The agency's part of the quarter it owes, as the data authority sees it."""
    return lambda p: f"/dieu-hanh/tien-do/{p.duties.owed.period}/{p.office.agency.slug}/{step}"


def decision(step: str) -> Callable[[Province], str]:
    return lambda p: f"/dieu-hanh/nghia-vu/{p.duties.owed.pk}/{step}"


def case(which: str, step: str = "") -> Callable[[Province], str]:
    return lambda p: f"/dieu-hanh/yeu-cau/{getattr(p.connections, which).pk}/{step}"


def account(step: str = "") -> Callable[[Province], str]:
    return lambda p: f"/ket-noi/tai-khoan/{p.connections.account.code}/{step}"


def service(below: str, step: str = "") -> Callable[[Province], str]:
    """The offered service, in public or at its owner's desk."""
    return lambda p: f"{below}/{p.connections.account.service.code}/{step}"


def of_member(step: str) -> Callable[[Province], str]:
    """Of somebody who works for the authority."""
    return lambda p: (
        f"/lam-viec/co-quan/{p.authority.slug}/nguoi/{p.connections.cast.officer.pk}/{step}"
    )


def own_service(which: str, step: str = "") -> Callable[[Province], str]:
    return lambda p: f"/ket-noi/dich-vu/{getattr(p.connections, which).code}/{step}"


def writing(which: str, step: str = "") -> Callable[[Province], str]:
    return lambda p: f"/ket-noi/yeu-cau/{getattr(p.connections, which).pk}/{step}"


def keyed(step: str) -> Callable[[Province], str]:
    return lambda p: f"/dieu-hanh/yeu-cau/nhap/{p.connections.keyed.pk}/{step}"


def begun_for(province: Province) -> str:
    return f"/ket-noi/moi/?dich_vu={province.connections.account.service.code}"


def consent(province: Province) -> str:
    return f"/lam-viec/y-kien/{province.connections.asked.pk}/"


HOME = Sight("home", at("/"))
LIST = Sight("list", at("/dataset/"))
FILTERED = Sight("list-filtered", at("/dataset/?q=so&groups=y-te"))
NOTHING_FOUND = Sight("list-nothing", at("/dataset/?q=khong-co-gi-nhu-the"))
SECOND_PAGE = Sight("list-page-2", at("/dataset/?page=2"))
DATASET = Sight("dataset", of_dataset())
DATASET_FILTERED = Sight(
    "dataset-filtered", of_dataset("?cot=so_truong&phep=ge&gia_tri=5&sort=-so_truong")
)
DATASET_VALUES = Sight(
    "dataset-values", of_dataset("?ky=tat-ca&q=xa&chon=so_truong&sort=ky,-ma_xa")
)
DATASET_REFUSED = Sight(
    "dataset-refused",
    of_dataset("?cot=so_truong&phep=ge&gia_tri=nhieu&cot=ten_xa&phep=contains&gia_tri=xa"),
    status=400,
)
DATASET_API = Sight("dataset-api", of_dataset("?xem=api&q=xa&cot=so_truong&phep=ge&gia_tri=5"))
DATASET_DICTIONARY = Sight("dataset-dictionary", of_dataset("?xem=tu-dien"))
DATASET_MAP = Sight(
    "dataset-map",
    lambda province: f"/dataset/{province.gauges.slug}?xem=ban-do",
    drawn=".map-ground .leaflet-marker-pane .leaflet-marker-icon",
)
DATASET_CIRCLES = Sight(
    "dataset-circles",
    lambda province: f"/dataset/{province.gauges.slug}?xem=ban-do&noi=ma_xa&q=tram",
    drawn=".map-circle",
)
SHARED = Sight("dataset-shared", lambda province: f"/dataset/{province.shared.slug}")
WITHDRAWN = Sight("withdrawn", lambda p: f"/dataset/{p.withdrawn.slug}", status=410)
NOT_FOUND = Sight("not-found", at("/khong-co-trang-nay/"), status=404)
ORGANIZATIONS = Sight("organizations", at("/organization/"))
ORGANIZATION = Sight("organization", lambda p: f"/organization/{p.office.agency.slug}")
GUIDE = Sight("guide", at("/huong-dan/"))
API_DOCS = Sight("api-docs", at("/api/v1/docs/"), drawn="#api-docs .opblock")
STATUS = Sight("status", at("/trang-thai/"))
LOGIN = Sight("login", at("/dang-nhap/"))

SERVICES = Sight("services", at("/dich-vu-chia-se/"))
SERVICE = Sight("service", service("/dich-vu-chia-se"))
REGISTER = Sight("connections", at("/ket-noi-du-lieu/"))
PROGRESS_INDEX = Sight("progress-index", at("/tien-do/"))
PROGRESS_OPEN = Sight("progress-open", lambda p: f"/tien-do/{p.open_round}/")
PROGRESS = Sight("progress-closed", lambda p: f"/tien-do/{p.closed_round}/")
PROGRESS_AGENCY = Sight(
    "progress-agency", lambda p: f"/tien-do/{p.closed_round}/{p.office.agency.slug}/"
)

PUBLIC = (
    HOME,
    LIST,
    FILTERED,
    NOTHING_FOUND,
    SECOND_PAGE,
    DATASET,
    DATASET_FILTERED,
    DATASET_VALUES,
    DATASET_REFUSED,
    DATASET_API,
    DATASET_DICTIONARY,
    DATASET_MAP,
    DATASET_CIRCLES,
    SHARED,
    WITHDRAWN,
    NOT_FOUND,
    ORGANIZATIONS,
    ORGANIZATION,
    SERVICES,
    Sight("services-nothing", at("/dich-vu-chia-se/?q=khong-co-gi")),
    SERVICE,
    Sight(
        "service-elsewhere",
        lambda p: f"/dich-vu-chia-se/{p.connections.elsewhere.code}/",
    ),
    PROGRESS_INDEX,
    PROGRESS_OPEN,
    PROGRESS,
    PROGRESS_AGENCY,
    Sight("progress-no-round", at("/tien-do/2031Q1/"), status=404),
    Sight(
        "progress-no-part",
        lambda p: f"/tien-do/{p.closed_round}/{p.authority.slug}/",
        status=404,
    ),
    REGISTER,
    Sight("topics", at("/group/")),
    Sight("topic", at("/group/y-te")),
    Sight("terms", at("/giay-phep/")),
    Sight("about", at("/gioi-thieu/")),
    GUIDE,
    Sight("contact", at("/lien-he/")),
    Sight("accessibility", at("/tiep-can/")),
    STATUS,
    Sight("developers", at("/nha-phat-trien/")),
    API_DOCS,
    LOGIN,
    Sight("forgotten-password", at("/tai-khoan/mat-khau/quen/")),
)

OWN_SERVICES = Sight("own-services", at("/ket-noi/dich-vu/"), "owner")
SERVICE_NEW = Sight("service-new", at("/ket-noi/dich-vu/moi/"), "describer")
ROOTS = Sight("roots", at("/dieu-hanh/chung-thu/"), "officer")
INBOX = Sight("inbox", at("/dieu-hanh/yeu-cau/"), "officer")
CASE = Sight("case", case("late"), "officer")
ISSUE = Sight("issue", case("late", "cap/"), "officer")
ACCOUNT = Sight("account", account(), "officer")
WORK = Sight("work", at("/lam-viec/"), "contributor")
REGISTER_WRONG = Sight(
    "register-errors", at("/lam-viec/bo-du-lieu/moi/"), "contributor", button=":not([name])"
)
REPORT = Sight("report-errors", release("needs_fixing"), "contributor")
UPLOAD = Sight("upload", lambda p: f"/lam-viec/bang/{p.table.pk}/nop/", "contributor")
DECIDE = Sight("decide", release("submitted", "duyet/"), "approver")
RECEIPT = Sight("receipt", release("submitted", "bien-nhan/"), "contributor")
WORK_DATASETS = Sight("work-datasets", at("/lam-viec/bo-du-lieu/"), "contributor")
APPROVALS = Sight("approvals", at("/lam-viec/phe-duyet/"), "approver")
DUTY = Sight("duty", duty("owed"), "contributor")
COVERAGE = Sight("coverage", at("/lam-viec/do-phu/"), "contributor")
AUDIT = Sight("audit", at("/dieu-hanh/nhat-ky/"), "officer")
LEADER = Sight("leader", at("/lanh-dao/"), "officer")
PROGRESS_DESK = Sight("office-progress", at("/dieu-hanh/tien-do/"), "officer")
PETITIONS = Sight("petitions", at("/dieu-hanh/de-nghi/"), "officer")
CALENDAR = Sight("calendar", at("/dieu-hanh/lich/?nam=2027"), "officer")
RULES = Sight("rules", at("/dieu-hanh/quy-dinh/"), "officer")
OFFICE = (
    LEADER,
    PROGRESS_DESK,
    Sight("office-agency", of_agency(), "officer"),
    Sight("office-overdue", at("/dieu-hanh/tien-do/qua-han/"), "officer"),
    Sight("remind", of_agency("nhac/"), "officer"),
    Sight("remind-all", lambda p: f"/dieu-hanh/tien-do/{p.duties.owed.period}/nhac/", "officer"),
    Sight("extend", decision("gia-han/"), "officer"),
    Sight("extend-errors", decision("gia-han/"), "officer", button=":not([name])"),
    Sight("waive", decision("mien/"), "officer"),
    PETITIONS,
    CALENDAR,
    Sight("calendar-empty", at("/dieu-hanh/lich/?nam=2029"), "officer"),
    Sight("calendar-add", at("/dieu-hanh/lich/them/"), "officer"),
    Sight("calendar-errors", at("/dieu-hanh/lich/them/"), "officer", button=":not([name])"),
    Sight("calendar-edit", at("/dieu-hanh/lich/2026-09-02/"), "officer"),
    Sight("calendar-remove", at("/dieu-hanh/lich/2026-09-02/xoa/"), "officer"),
    RULES,
    Sight(
        "rule-replace",
        lambda p: f"/dieu-hanh/quy-dinh/{p.duties.owed.rule_id}/thay/",
        "officer",
    ),
)
MEMBERS = Sight(
    "members",
    lambda p: f"/lam-viec/co-quan/{p.authority.slug}/thanh-vien/",
    "officer",
)

SIGNED_IN = (
    WORK,
    Sight("work-approver", at("/lam-viec/"), "approver"),
    WORK_DATASETS,
    Sight("register", at("/lam-viec/bo-du-lieu/moi/"), "contributor"),
    REGISTER_WRONG,
    Sight("work-dataset", work_on("schools"), "contributor"),
    Sight("work-dataset-approver", work_on("schools"), "approver"),
    Sight("edit", work_on("schools", "sua/"), "contributor"),
    Sight("add-table", work_on("schools", "bang/moi/"), "contributor"),
    Sight("dictionary", lambda p: f"/lam-viec/bang/{p.table.pk}/tu-dien/", "contributor"),
    Sight("source-none", lambda p: f"/lam-viec/bang/{p.gauges_table.pk}/api/", "contributor"),
    Sight("source", lambda p: f"/lam-viec/bang/{p.table.pk}/api/", "contributor"),
    Sight("source-form", lambda p: f"/lam-viec/bang/{p.table.pk}/api/thiet-lap/", "contributor"),
    Sight(
        "source-form-errors",
        lambda p: f"/lam-viec/bang/{p.gauges_table.pk}/api/thiet-lap/",
        "contributor",
        button=":not([name])",
    ),
    Sight("source-pull", lambda p: f"/lam-viec/bang/{p.table.pk}/api/lay/", "contributor"),
    Sight("source-approve", lambda p: f"/lam-viec/bang/{p.table.pk}/api/phe-duyet/", "approver"),
    Sight(
        "source-revoke", lambda p: f"/lam-viec/bang/{p.table.pk}/api/thu-hoi-phe-duyet/", "approver"
    ),
    Sight("source-switch", lambda p: f"/lam-viec/bang/{p.table.pk}/api/bat-tat/", "contributor"),
    Sight("pull-failed", lambda p: f"/lam-viec/lan-lay/{p.pulls['failed']}/", "contributor"),
    Sight("pull-unchanged", lambda p: f"/lam-viec/lan-lay/{p.pulls['unchanged']}/", "contributor"),
    Sight("pull-waiting", lambda p: f"/lam-viec/lan-lay/{p.pulls['queued']}/", "contributor"),
    Sight("withdraw-dataset", work_on("schools", "rut/"), "approver"),
    Sight("publish-description", work_on("draft", "cong-bo-mo-ta/"), "approver"),
    Sight("rename", work_on("schools", "doi-dia-chi/"), "officer"),
    UPLOAD,
    REPORT,
    Sight("report-all-of-a-rule", release("needs_fixing", "?loi=wrong_type"), "contributor"),
    Sight("report-ready", release("ready"), "contributor"),
    Sight("submit", release("ready", "nop/"), "contributor"),
    Sight("discard", release("ready", "huy/"), "contributor"),
    RECEIPT,
    Sight("recall", release("submitted", "thu-hoi/"), "contributor"),
    Sight("report-returned", release("returned"), "contributor"),
    APPROVALS,
    DECIDE,
    DUTY,
    COVERAGE,
    Sight("duty-nothing", duty("owed", "khong-phat-sinh/"), "contributor"),
    Sight(
        "duty-nothing-errors",
        duty("owed", "khong-phat-sinh/"),
        "contributor",
        button=":not([name])",
    ),
    Sight("duty-extension", duty("owed", "gia-han/"), "contributor"),
    Sight("duty-done", duty("review", "hoan-thanh/"), "approver"),
    Sight("petition-nothing", petition("nothing"), "approver"),
    Sight("petition-asked", petition("nothing"), "contributor"),
    Sight("petition-extension", petition("extension"), "officer"),
    Sight("withdraw-release", lambda p: f"/lam-viec/ky/{p.published.pk}/rut/", "approver"),
    Sight("refused", at("/dieu-hanh/nhat-ky/"), "contributor", status=403),
    Sight("profile", at("/tai-khoan/"), "approver"),
    Sight("notices", at("/thong-bao/"), "approver"),
    MEMBERS,
    Sight(
        "cancel-invitation",
        lambda p: f"/lam-viec/co-quan/{p.authority.slug}/loi-moi/{p.invited}/huy/",
        "officer",
    ),
    Sight("disable", of_member("ngung/"), "officer"),
    Sight("disable-errors", of_member("ngung/"), "officer", button=":not([name])"),
    Sight("enable-none", of_member("hoat-dong-lai/"), "officer"),
    Sight("sessions", at("/tai-khoan/phien/"), "officer"),
    Sight("role-proposals", at("/dieu-hanh/vai-tro/"), "officer"),
    Sight("role-proposal", lambda p: f"/dieu-hanh/vai-tro/{p.proposed}/", "officer"),
    Sight(
        "role-proposal-errors",
        lambda p: f"/dieu-hanh/vai-tro/{p.proposed}/",
        "officer",
        button="[value=refuse]",
    ),
    AUDIT,
    Sight("auditing", at("/kiem-tra/"), "officer"),
    Sight("operations", at("/dieu-hanh/van-hanh/"), "operator"),
    Sight("operations-clock", at("/dieu-hanh/van-hanh/dong-ho/"), "operator"),
    *OFFICE,
    INBOX,
    Sight("key-in", at("/dieu-hanh/yeu-cau/nhap/"), "officer"),
    Sight("key-in-errors", at("/dieu-hanh/yeu-cau/nhap/"), "officer", button=":not([name])"),
    Sight("key-in-letter", keyed("van-ban/"), "officer"),
    Sight("key-in-data", keyed("du-lieu/"), "officer"),
    Sight("key-in-check", keyed("kiem-tra/"), "officer"),
    Sight("key-in-discard", keyed("bo/"), "officer"),
    CASE,
    Sight("case-asked", case("asked"), "officer"),
    ISSUE,
    Sight("refuse-errors", case("late", "tu-choi/"), "officer", button=".danger"),
    Sight("ask-supplement", case("late", "bo-sung/"), "officer"),
    ACCOUNT,
    Sight("account-usage", account("su-dung/"), "officer"),
    Sight("account-usage-refused", account("su-dung/?ket_qua=tu-choi"), "owner"),
    Sight("account-suspend", account("tam-dung/"), "officer"),
    Sight("account-end", account("cham-dut/"), "officer"),
    OWN_SERVICES,
    Sight("own-service", own_service("service_draft"), "owner"),
    Sight("own-service-elsewhere", own_service("elsewhere"), "owner"),
    SERVICE_NEW,
    Sight("service-errors", at("/ket-noi/dich-vu/moi/"), "describer", button=":not([name])"),
    Sight("service-edit", own_service("service_draft", "sua/"), "describer"),
    Sight("service-propose", own_service("elsewhere", "sua/"), "describer"),
    Sight(
        "service-propose-errors",
        own_service("elsewhere", "sua/"),
        "describer",
        button=":not([name])",
    ),
    Sight("service-change", lambda p: p.connections.change.get_absolute_url(), "owner"),
    Sight(
        "service-change-errors",
        lambda p: p.connections.change.get_absolute_url(),
        "owner",
        button="[value=refuse]",
    ),
    Sight("service-close", service("/ket-noi/dich-vu", "ngung/"), "owner"),
    Sight("service-usage", service("/ket-noi/dich-vu", "su-dung/"), "owner"),
    Sight("services-usage", at("/ket-noi/dich-vu/su-dung/"), "owner"),
    Sight("service-offered", service("/ket-noi/dich-vu"), "owner"),
    Sight("service-stop", service("/ket-noi/dich-vu", "tam-dung/"), "owner"),
    Sight(
        "service-stop-errors",
        service("/ket-noi/dich-vu", "tam-dung/"),
        "owner",
        button=":not([name])",
    ),
    Sight(
        "service-stop-call-off",
        lambda p: (
            f"/ket-noi/dich-vu/{p.connections.stop.service.code}"
            f"/tam-dung/{p.connections.stop.pk}/huy/"
        ),
        "owner",
    ),
    ROOTS,
    Sight("roots-errors", at("/dieu-hanh/chung-thu/"), "officer", button=":not([name])"),
    Sight("account-guide", account("huong-dan/"), "officer"),
    Sight("office-accounts", at("/dieu-hanh/ket-noi/"), "officer"),
    Sight("office-usage", at("/dieu-hanh/ket-noi/su-dung/"), "officer"),
    Sight(
        "agreement",
        lambda p: f"/ket-noi/yeu-cau/{p.connections.special.pk}/thoa-thuan/",
        "officer",
    ),
    Sight("case-special", case("special"), "officer"),
    Sight("own-connections", at("/ket-noi/"), "asker"),
    Sight("connections-usage-none", at("/ket-noi/su-dung/"), "asker"),
    Sight("own-accounts", at("/ket-noi/?muc=tai-khoan"), "asker"),
    Sight("request-choose", at("/ket-noi/moi/"), "asker"),
    Sight("request-begin", begun_for, "asker"),
    Sight("request-data", writing("draft", "soan/du-lieu/"), "asker"),
    Sight("request-document", writing("draft", "soan/van-ban/"), "asker"),
    Sight("request-system", writing("draft", "soan/he-thong/"), "asker"),
    Sight("request-check", writing("draft", "kiem-tra/"), "asker"),
    Sight("request-receipt", writing("asked", "da-gui/"), "asker"),
    Sight("request", writing("asked"), "asker"),
    Sight("request-withdraw", writing("asked", "rut-lai/"), "asker"),
    Sight("consents", at("/lam-viec/y-kien/"), "owner"),
    Sight("consent", consent, "owner"),
    Sight("consent-errors", consent, "owner", button="[value=refuse]"),
    Sight("connection-reports", at("/dieu-hanh/bao-cao/ket-noi/"), "officer"),
    Sight("office-stops", at("/dieu-hanh/tam-dung/"), "officer"),
    Sight("stop-announce", at("/dieu-hanh/tam-dung/moi/"), "officer"),
    Sight(
        "stop-call-off", lambda p: f"/dieu-hanh/tam-dung/{p.connections.stop.pk}/huy/", "officer"
    ),
)

ALL = (*PUBLIC, *SIGNED_IN)
# Looked at in the dark, too.
KEY = (HOME, LIST, DATASET, GUIDE, WORK, REPORT, DECIDE, REGISTER_WRONG)
# The reference of the API has no language: it is one page for both.
IN_TWO_LANGUAGES = tuple(sight for sight in ALL if sight is not API_DOCS)


def by_name(sight: Sight) -> str:
    return sight.name
