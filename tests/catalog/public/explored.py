"""The explorer of a dataset page as tests ask it."""

from dataclasses import dataclass
from typing import Any

from django.test import Client

from catalog.models import Release

HOSPITALS = (
    "Mã,Tên cơ sở,Hạng,Huyện,Số giường,Tỉ lệ,Ngày cấp,Bảo hiểm\n"
    '001,Bệnh viện Đa khoa Nghệ An,I,Vinh,1650,"98,5",01/02/2015,Có\n'
    '002,Bệnh viện Sản Nhi,I,Vinh,850,"90,25",15/06/2018,Có\n'
    "003,Trung tâm y tế Quỳnh Lưu,III,Quỳnh Lưu,210,,20/10/2019,Không\n"
    '004,Trung tâm y tế Kỳ Sơn,III,Kỳ Sơn,110,"75,0",,Có\n'
    '005,Phòng khám An Bình,,Vinh,12,"60,5",05/05/2021,Không\n'
)
# Before there were more columns.
EARLIER = (
    "Mã,Tên cơ sở,Hạng,Huyện,Số giường\n"
    "001,Bệnh viện Đa khoa Nghệ An,I,Vinh,1500\n"
    "003,Trung tâm y tế Quỳnh Lưu,II,Quỳnh Lưu,200\n"
)


@dataclass
class Explored:
    """The page of one release's dataset: `get` with a query string or with parameters."""

    release: Release
    client: Client

    @property
    def path(self) -> str:
        return self.release.resource.dataset.get_absolute_url()

    def get(self, query: str = "", **parameters: Any) -> Any:
        return self.client.get(f"{self.path}{query}", parameters or None)

    def shown(self, query: str = "", **parameters: Any) -> Any:
        """What the tab gives its template."""
        page = self.get(query, **parameters)
        assert page.status_code == 200, page.context["explorer"].shown.complaint
        return page.context["explorer"].shown

    def codes(self, query: str = "", **parameters: Any) -> list[str]:
        """The first cell of each row."""
        return [row[0].text for row in self.shown(query, **parameters).rows]
