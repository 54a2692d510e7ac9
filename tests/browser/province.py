"""One province for all checks that only look: made once, by the real actions, in two seconds."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.management import call_command

from accounts.actions import invitations
from accounts.models import Agency, Person
from catalog.actions import dataset as dataset_actions
from catalog.actions import sources
from catalog.actions.sources import Settings
from catalog.models import Dataset, Pull, Release, Resource, Topic
from catalog.periods import offered_periods
from catalog.states import ReleaseState
from core import clock
from deadlines.actions import duties, petitions
from deadlines.actions.sweep import sweep
from deadlines.models import Duty, Petition
from deadlines.periods import Kind, Period
from tests import factories as make
from tests.browser import connections
from tests.browser.connections import Connections

# What could burst a narrow page: a long name, long numbers, a word without a space.
LONG_NAME = (
    "Văn phòng Ban Chỉ đạo ứng dụng công nghệ thông tin và chuyển đổi số toàn diện tỉnh Nghệ An"
)
LONG_COLUMN = "Tổng số học sinh phổ thông thuộc hộ nghèo và hộ cận nghèo"
LONG_WORD = "https://solieu.nghean.example/" + "x" * 50
WIDE_CSV = (
    f"Mã xã,Tên xã,Số trường,Diện tích,Kinh phí,{LONG_COLUMN},Liên kết,Ngày báo cáo\n"
) + "".join(
    f'{n:05},Xã số {n},{n % 9},"{n},5",{123456789000 + n},{n * 3},{LONG_WORD},30/09/2026\n'
    for n in range(1, 61)
)
# Gauges on the map: some in one town, one far in the mountains, one with its degrees the wrong way round.
GAUGES_CSV = "Mã xã,Tên trạm,Vĩ độ,Kinh độ,Mực nước\n" + "".join(
    f'{code},Trạm {name},"{latitude}","{longitude}","{level},5"\n'
    for code, name, latitude, longitude, level in (
        ("16681", "Thành Vinh 1", "18,675", "105,66", 12),
        ("16681", "Thành Vinh 2", "18,6751", "105,6601", 14),
        ("16690", "Trường Vinh", "18,6798", "105,74", 9),
        ("16732", "Cửa Lò", "18,788", "105,726", 4),
        ("16744", "Thông Thụ", "19,8569", "104,996", 88),
        ("16690", "ghi ngược", "105,74", "18,6798", 9),
    )
)
# Titles of the datasets of which duties are made.
COUNTED_TITLES = [f"Bộ phải cập nhật số {number}" for number in range(4)]
# With the others more than one page of results.
ONLY_DESCRIBED = 20
# Long enough ago to owe the quarter that ended last.
LONG_AGO = timedelta(days=200)


@dataclass
class Office:
    """An agency and its two posts."""

    agency: Agency
    contributor: Person
    approver: Person


# Datasets that owe data: one as it is, the others with something asked about them.
OWING = ("Cơ sở bán lẻ thuốc", "Giấy phép hành nghề", "Kiểm nghiệm thực phẩm")


@dataclass
class Duties:
    """What the agency has to do: `owed` data, a `review`, and what waits for a decision."""

    owed: Duty
    review: Duty
    nothing: Petition
    extension: Petition


@dataclass
class Province:
    """What the checked pages are about; read from the database beforehand."""

    office: Office
    authority: Agency
    officer: Person
    operator: Person
    schools: Dataset
    table: Resource
    shared: Dataset
    withdrawn: Dataset
    draft: Dataset
    gauges: Dataset
    gauges_table: Resource
    topics: list[Topic]
    published: Release
    releases: dict[str, Release]
    invited: int
    proposed: int
    pulls: dict[str, int]
    open_round: str
    closed_round: str
    duties: Duties
    connections: Connections
    everybody: list[str]  # who stands in the audit trail

    def names(self) -> list[str]:
        """Titles and names as they stand in sentences, in whatever language."""
        datasets = [self.schools, self.shared, self.withdrawn, self.draft, self.gauges]
        datasets += [release.resource.dataset for release in self.releases.values()]
        columns = [column["label"] for column in self.published.columns]
        columns += [name for line in GAUGES_CSV.splitlines() for name in line.split(",")[:2]]
        return [
            *(dataset.title_vi for dataset in datasets),
            *OWING,
            *self.connections.names(),
            *COUNTED_TITLES,
            self.office.agency.name_vi,
            self.authority.name_vi,
            *(topic.title_vi for topic in self.topics),
            *self.everybody,
            *columns,
        ]

    def people(self) -> dict[str, Person]:
        office = self.office
        return {
            "contributor": office.contributor,
            "approver": office.approver,
            "officer": self.officer,
            "operator": self.operator,
            "describer": self.connections.cast.describer,
            "asker": self.connections.cast.contact,
            "owner": self.connections.cast.approver,
        }


def build() -> Province:
    office = open_office()
    authority = make.agency("Sở Khoa học và Công nghệ", data_authority=True)
    officer = make.person("ict_leader", authority, name="Lê Đầu Mối")
    owing = registered_long_ago(office)
    closed_round, open_round = rounds(office)
    schools = make.dataset(
        "Trường học theo xã", at=office.agency, by=office.contributor, title_en=""
    )
    for number in range(ONLY_DESCRIBED):
        described(office, f"Cơ sở dữ liệu số {number}", Dataset.Access.LISTED)
    gauged = gauges(office)
    published = publish(office, schools)
    return Province(
        office=office,
        authority=authority,
        officer=officer,
        operator=make.person("operator", authority, name="Ngô Vận Hành"),
        schools=schools,
        table=schools.resources.get(),
        shared=described(office, "Hồ sơ bệnh án điện tử", Dataset.Access.SHARED),
        withdrawn=withdrawn(office),
        draft=register(office, "Bộ chờ công bố", access=Dataset.Access.LISTED),
        gauges=gauged,
        gauges_table=gauged.resources.get(),
        topics=list(schools.topics.all()),
        published=published,
        releases=releases_on_their_way(office),
        invited=invite(authority, officer),
        proposed=propose(authority),
        pulls=pulls_of(published, office),
        open_round=open_round.code,
        closed_round=closed_round.code,
        duties=owe(office, owing),
        connections=connections.build(authority, officer),
        everybody=list(Person.objects.values_list("full_name", flat=True)),
    )


def open_office() -> Office:
    agency = make.agency(
        LONG_NAME,
        contact_email="vanthu@thu.example",
        contact_phone="0238 000 000",
        function_vi="Giúp Uỷ ban nhân dân tỉnh về chuyển đổi số.",
    )
    return Office(
        agency,
        make.person("contributor", agency, name="Nguyễn Thị Cập Nhật"),
        make.person("approver", agency, name="Trần Văn Duyệt"),
    )


def register(office: Office, title: str, **fields: object) -> Dataset:
    return make.dataset(title, at=office.agency, by=office.contributor, **fields)


def described(office: Office, title: str, access: str) -> Dataset:
    """A dataset of which only the description is public."""
    made = register(office, title, access=access)
    return dataset_actions.publish_description(dataset=made, by=office.approver)


def withdrawn(office: Office) -> Dataset:
    made = described(office, "Bộ đã rút", Dataset.Access.LISTED)
    return dataset_actions.withdraw(dataset=made, reason="Số liệu trùng.", by=office.approver)


def publish(office: Office, dataset: Dataset) -> Release:
    """Its last two periods; the newest is returned."""
    table = dataset.resources.get()
    for period in reversed(offered_periods(dataset)[:2]):
        newest = make.published(
            of=table,
            period=period.code,
            content=WIDE_CSV,
            by=office.contributor,
            approver=office.approver,
        )
        table.refresh_from_db()
    return newest


def gauges(office: Office) -> Dataset:
    """A table with coordinates and codes of communes."""
    made = register(office, "Trạm thuỷ văn")
    make.published(
        of=made.resources.get(),
        content=GAUGES_CSV,
        by=office.contributor,
        approver=office.approver,
    )
    return made


def releases_on_their_way(office: Office) -> dict[str, Release]:
    """A release in each state in which somebody has something to do."""
    made = {"needs_fixing": with_wrong_cells(office)}
    for state in (ReleaseState.READY, ReleaseState.SUBMITTED, ReleaseState.RETURNED):
        made[state.value] = make.release_at(
            state,
            of=register(office, f"Bảng {state.label}").resources.get(),
            by=office.contributor,
            approver=office.approver,
        )
    return made


def with_wrong_cells(office: Office) -> Release:
    """Wrong against the dictionary of the period before."""
    dataset = register(office, "Bảng có lỗi")
    table = dataset.resources.get()
    newest, before = [period.code for period in offered_periods(dataset)[:2]]
    make.published(of=table, period=before, by=office.contributor, approver=office.approver)
    table.refresh_from_db()
    return make.release_at(
        ReleaseState.NEEDS_FIXING,
        of=table,
        period=newest,
        content=make.BAD_CSV,
        by=office.contributor,
    )


def pulls_of(release: Release, office: Office) -> dict[str, int]:
    """Attempts of the table's API in three states; nobody has asked the server yet."""
    settings = Settings(
        url="https://csdl.thu.example/api/truong-hoc?ky={period}",
        header_name="X-API-Key",
        secret="khoa",
        rows_path="data.items",
    )
    table = Resource.objects.get(pk=release.resource_id)
    source = sources.configure(resource=table, settings=settings, by=office.contributor)
    begun = {"source": source, "period": release.period, "ended_at": clock.now()}
    failed = Pull.objects.create(
        **{**begun, "period": "2025Q4"},
        state="failed",
        code="denied",
        params={"number": 403},
        status_code=403,
    )
    same = Pull.objects.create(
        **begun, state="unchanged", release=release, sha256=release.sha256, rows=60, size=9000
    )
    waiting = Pull.objects.create(source=source, period="2026Q1", asked_by=office.contributor)
    return {"failed": failed.pk, "unchanged": same.pk, "queued": waiting.pk}


def rounds(office: Office) -> tuple[Period, Period]:
    """A quarter that is closed, with a change afterwards, and the next one, still open."""
    call_command("load_deadlines", verbosity=0)
    last = Period.containing(clock.today(), Kind.QUARTER).previous()
    closed, before = last.previous(), last.previous().previous()
    with clock.set_to(clock.midnight(before.first_day)):
        made = [described(office, title, Dataset.Access.SHARED) for title in COUNTED_TITLES]
    for day in (closed.next().first_day, closed.next().first_day + timedelta(days=50)):
        with clock.set_to(clock.midnight(day) + timedelta(hours=9)):
            sweep()
            nothing_to_report(office, made.pop(), closed)
    with clock.set_to(clock.midnight(last.next().first_day) + timedelta(hours=9)):
        sweep()
        nothing_to_report(office, made.pop(), last)
    return closed, last


def nothing_to_report(office: Office, dataset: Dataset, period: Period) -> None:
    duties.fulfil(
        kind="dataset_update",
        subject=str(dataset.pk),
        period=period.code,
        how=Duty.How.NOTHING,
        by=office.approver,
    )


def registered_long_ago(office: Office) -> list[Dataset]:
    """Datasets that owe the quarter that ended last."""
    with clock.set_to(clock.now() - LONG_AGO):
        owing = [register(office, title) for title in OWING]
        publish(office, owing[0])
    return owing


def owe(office: Office, owing: list[Dataset]) -> Duties:
    """Data of the quarter that ended last, some of it asked about; a review of what is open."""
    sweep()
    owed = [Duty.objects.filter(subject=str(dataset.pk)).latest("due") for dataset in owing]
    return Duties(
        owed=owed[0],
        review=Duty.objects.get(kind="open_data_list_review", agency=office.agency),
        nothing=petitions.declare_nothing(
            duty=owed[1], reason="Trong quý không cấp giấy phép nào.", by=office.contributor
        ),
        extension=petitions.ask_extension(
            duty=owed[2],
            until=clock.today() + LONG_AGO,
            reason="Phòng kiểm nghiệm đang chuyển địa điểm.",
            document="125/SYT-VP",
            by=office.contributor,
        ),
    )


def invite(agency: Agency, officer: Person) -> int:
    """The number of an invitation nobody has answered."""
    invitation = invitations.invite(
        email="moi@thu.example",
        full_name="Người Được Mời",
        agency=agency,
        role_code="contributor",
        by=officer,
    )
    return invitation.pk


def propose(authority: Agency) -> int:
    """The number of a role that waits for a second person, proposed by another than the officer."""
    proposal = invitations.invite(
        email="lanh-dao-moi@thu.example",
        full_name="Người Được Đề Nghị",
        agency=authority,
        role_code="ict_officer",
        by=make.person("ict_leader", authority, name="Trần Thứ Hai"),
    )
    return proposal.pk
