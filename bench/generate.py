"""Write a large made-up CSV: codes, Vietnamese text, dates, numbers, coordinates.

    python bench/generate.py OUT.csv [--rows 1000000]

1,000,000 rows × 15 columns are about 250 MB. The same seed gives the same bytes.
Every value is made up for measuring ("số liệu minh hoạ").
"""

import argparse
import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path

LABELS = (
    "Mã cơ sở", "Tên cơ sở", "Loại hình", "Mã xã", "Tên xã", "Huyện", "Địa chỉ", "Điện thoại",
    "Ngày cấp phép", "Cập nhật lúc", "Số lao động", "Doanh thu (triệu đồng)", "Vĩ độ", "Kinh độ",
    "Ghi chú",
)  # fmt: skip
DISTRICTS = (
    "Thành phố Vinh", "Thị xã Cửa Lò", "Thị xã Thái Hoà", "Huyện Quế Phong", "Huyện Quỳ Châu",
    "Huyện Kỳ Sơn", "Huyện Tương Dương", "Huyện Nghĩa Đàn", "Huyện Quỳ Hợp", "Huyện Quỳnh Lưu",
    "Huyện Con Cuông", "Huyện Tân Kỳ", "Huyện Anh Sơn", "Huyện Diễn Châu", "Huyện Yên Thành",
    "Huyện Đô Lương", "Huyện Thanh Chương", "Huyện Nghi Lộc", "Huyện Nam Đàn",
    "Huyện Hưng Nguyên", "Thị xã Hoàng Mai",
)  # fmt: skip
COMMUNES = tuple(
    f"Xã {first} {second}"
    for first in ("Nghi", "Quỳnh", "Diễn", "Thanh", "Đô", "Hưng", "Nam", "Tân", "Yên", "Kỳ")
    for second in ("Lâm", "Thạch", "Phong", "Đức", "Thịnh", "Mỹ", "Trường", "Hoà", "Xuân", "Lộc",
                   "Sơn", "Long", "Đồng", "Phú", "Thành", "An", "Hải", "Liên", "Giang", "Văn")
)  # fmt: skip
KINDS = ("Cơ sở giáo dục", "Cơ sở y tế", "Hợp tác xã", "Doanh nghiệp tư nhân", "Hộ kinh doanh",
         "Đơn vị sự nghiệp")  # fmt: skip
WORDS = ("An", "Bình", "Cường", "Dũng", "Đức", "Giang", "Hạnh", "Khoa", "Lan", "Minh", "Ngọc",
         "Phương", "Quỳnh", "Sáng", "Thuỷ", "Việt", "Xuân", "Yến", "Hưng", "Thịnh")  # fmt: skip
STREETS = ("Quang Trung", "Lê Lợi", "Trần Phú", "Nguyễn Du", "Phan Bội Châu", "Hà Huy Tập")
NOTES = ("", "", "", "số liệu minh hoạ", "đang cập nhật, chờ đối chiếu", "đã kiểm tra tại chỗ")


def rows(count: int, seed: int = 2025) -> Iterator[list[str]]:
    """`count` made-up rows as text, one value for each of `LABELS`."""
    pick = random.Random(seed)
    days = [(dt.date(2005, 1, 1) + dt.timedelta(n)) for n in range(7300)]
    written = [day.strftime("%d/%m/%Y") for day in days]
    for number in range(count):
        yield _row(number, pick, written)


def _row(number: int, pick: random.Random, days: list[str]) -> list[str]:
    chance = pick.random
    commune = int(chance() * len(COMMUNES))
    return [
        f"{number + 1:08d}",
        f"{KINDS[number % 6]} {WORDS[int(chance() * 20)]} {WORDS[int(chance() * 20)]} {number}",
        KINDS[number % 6],
        f"{16600 + commune:05d}" if commune % 7 else f"{commune:05d}",
        COMMUNES[commune],
        DISTRICTS[commune % 21],
        f"Số {int(chance() * 400)} đường {STREETS[int(chance() * 6)]}, {COMMUNES[commune]}",
        f"09{int(chance() * 1e8):08d}",
        days[int(chance() * 7300)],
        f"2024-{1 + int(chance() * 12):02d}-{1 + int(chance() * 28):02d} 08:{number % 60:02d}:00",
        str(int(chance() * 5000)),
        f"{chance() * 9000:.2f}",
        f"{18.5 + chance() * 1.5:.6f}",
        f"{103.8 + chance() * 2:.6f}",
        NOTES[int(chance() * 6)],
    ]


def write(target: Path, count: int) -> int:
    """Write the file and return its size in bytes."""
    with target.open("w", encoding="utf-8", newline="") as out:
        out.write(",".join(LABELS) + "\n")
        for row in rows(count):
            out.write(",".join(f'"{cell}"' if "," in cell else cell for cell in row) + "\n")
    return target.stat().st_size


def main() -> None:
    """Read the command line and write the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("target", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    given = parser.parse_args()
    size = write(given.target, given.rows)
    print(f"{given.target}: {given.rows} rows, {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
