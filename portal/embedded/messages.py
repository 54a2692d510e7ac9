"""What the launcher says, in Vietnamese and then in English.

Kept as pairs and not in the translation catalogue: these sentences must come out
before there is a database, a settings file that loads, or a compiled catalogue.
"""

import sys
from typing import NamedTuple, Protocol, TextIO


class Sentence(NamedTuple):
    """One sentence in both languages, with named places for `str.format`."""

    vi: str
    en: str


class Refusal(Exception):
    """The launcher cannot go on; its text is what the person must read and do."""

    def __init__(self, sentence: Sentence, **facts: object) -> None:
        super().__init__("\n".join(part.format(**facts) for part in sentence))


class Tell(Protocol):
    """Says one sentence to whoever watches."""

    def __call__(self, sentence: Sentence, **facts: object) -> None: ...


def say(sentence: Sentence, **facts: object) -> None:
    """Print one line, Vietnamese first."""
    print_line(" / ".join(part.format(**facts) for part in sentence))


def say_aside(sentence: Sentence, **facts: object) -> None:
    """The same on standard error, where standard output belongs to a command."""
    print_line(" / ".join(part.format(**facts) for part in sentence), sys.stderr)


def print_line(line: str, stream: TextIO | None = None) -> None:
    """Print even when nobody can read it any more.

    After a hang-up the terminal is gone and writing to it fails; the ordered stop
    which follows must go on all the same.
    """
    try:
        print(line, file=stream, flush=True)
    except OSError:
        return


PORT_NOT_A_NUMBER = Sentence(
    "PORT phải là một số từ 1 đến 65535, không phải “{port}”.",
    "PORT must be a number from 1 to 65535, not “{port}”.",
)
PORT_BUSY = Sentence(
    "Cổng {port} đang có chương trình khác sử dụng; hãy chọn cổng khác, ví dụ PORT={other} make run.",
    "Port {port} is in use by another program; choose another one, such as PORT={other} make run.",
)
ADDRESS_UNUSABLE = Sentence(
    "Không thể mở địa chỉ {host}:{port} ({reason}); hãy đặt lại biến HOST hoặc PORT.",
    "The address {host}:{port} cannot be opened ({reason}); set HOST or PORT to another value.",
)
NUMBER_EXPECTED = Sentence(
    "Biến {name} phải là một số nguyên từ 1 trở lên, không phải “{value}”.",
    "{name} must be a whole number from 1 up, not “{value}”.",
)
SECOND_INSTANCE = Sentence(
    "Thư mục dữ liệu {folder} đang được một lần chạy khác sử dụng (tiến trình {pid}); "
    "hãy dừng lần chạy đó hoặc đặt PORTAL_DATA sang thư mục khác.",
    "The data folder {folder} is in use by another run (process {pid}); "
    "stop that one or set PORTAL_DATA to another folder.",
)
OTHER_VERSION = Sentence(
    "Thư mục dữ liệu {folder} do PostgreSQL {found} tạo, còn bản đang dùng là PostgreSQL {ours}; "
    "hãy sao lưu bằng bản cũ rồi đặt PORTAL_DATA sang thư mục mới.",
    "The data folder {folder} was made by PostgreSQL {found} but this version runs PostgreSQL "
    "{ours}; back it up with the old version, then set PORTAL_DATA to a new folder.",
)
DISK_FULL = Sentence(
    "Ổ đĩa chứa {folder} đã đầy (còn {free} MB, cần ít nhất {needed} MB); "
    "hãy giải phóng dung lượng hoặc đặt PORTAL_DATA sang ổ đĩa khác.",
    "The disk that holds {folder} is full ({free} MB left, at least {needed} MB needed); "
    "free some space or set PORTAL_DATA to another disk.",
)
NOT_WRITABLE = Sentence(
    "Không ghi được vào thư mục {folder} ({reason}); "
    "hãy cấp quyền ghi cho tài khoản đang chạy hoặc đặt PORTAL_DATA sang thư mục khác.",
    "The folder {folder} cannot be written to ({reason}); "
    "let the account that runs this write there or set PORTAL_DATA to another folder.",
)
OTHER_OWNER = Sentence(
    "Thư mục {folder} thuộc về tài khoản khác ({owner}); "
    "hãy chạy bằng tài khoản đó hoặc đặt PORTAL_DATA sang thư mục khác.",
    "The folder {folder} belongs to another account ({owner}); "
    "run as that account or set PORTAL_DATA to another folder.",
)
NO_BINARIES = Sentence(
    "Không tìm thấy {program} đi kèm cho máy này; hãy chạy lại make setup "
    "hoặc đặt biến {variable} trỏ tới một máy chủ có sẵn.",
    "No {program} for this machine came with the installation; run make setup again "
    "or set {variable} to a server of yours.",
)
BINARIES_DO_NOT_RUN = Sentence(
    "Không chạy được {program} đi kèm ({reason}); hãy đặt biến {variable} trỏ tới một máy chủ có sẵn.",
    "The bundled {program} does not run ({reason}); set {variable} to a server of yours.",
)
NO_SHORT_FOLDER = Sentence(
    "Đường dẫn thư mục tạm {folder} quá dài cho socket; hãy đặt TMPDIR=/tmp.",
    "The path of the temporary folder {folder} is too long for a socket; set TMPDIR=/tmp.",
)
DATABASE_NOT_CREATED = Sentence(
    "Không tạo được cơ sở dữ liệu trong {folder}: {reason}. Chi tiết: {log}",
    "The database could not be created in {folder}: {reason}. Details: {log}",
)
SERVER_DID_NOT_START = Sentence(
    "{program} không khởi động được: {reason}. Chi tiết: {log}",
    "{program} did not start: {reason}. Details: {log}",
)
DATABASE_ADDRESS_FORM = Sentence(
    "DATABASE_URL phải bắt đầu bằng postgresql://, ví dụ postgresql://portal@localhost/portal.",
    "DATABASE_URL must begin with postgresql://, such as postgresql://portal@localhost/portal.",
)
DATABASE_UNREACHABLE = Sentence(
    "Không kết nối được tới cơ sở dữ liệu trong DATABASE_URL ({reason}); "
    "hãy kiểm tra địa chỉ, hoặc bỏ biến này để dùng PostgreSQL đi kèm.",
    "The database of DATABASE_URL cannot be reached ({reason}); "
    "check the address, or unset it to use the bundled PostgreSQL.",
)
REDIS_UNREACHABLE = Sentence(
    "Không kết nối được tới Redis trong REDIS_URL ({reason}); "
    "hãy kiểm tra địa chỉ, hoặc bỏ biến này để dùng Redis đi kèm.",
    "The Redis of REDIS_URL cannot be reached ({reason}); "
    "check the address, or unset it to use the bundled Redis.",
)
STEP_FAILED = Sentence(
    "Bước “{step}” không hoàn thành: {reason}. Chi tiết: {log}",
    "The step “{step}” did not complete: {reason}. Details: {log}",
)
SITE_DID_NOT_ANSWER = Sentence(
    "Trang web không trả lời tại {address} sau {seconds} giây. Chi tiết: {log}",
    "The site did not answer at {address} within {seconds} seconds. Details: {log}",
)
COMMAND_NOT_FOUND = Sentence(
    "Không chạy được lệnh {command}: {reason}.",
    "The command {command} cannot be run: {reason}.",
)

STARTING = Sentence("Đang khởi động {program}…", "Starting {program}…")
MIGRATING = Sentence("Đang cập nhật cấu trúc cơ sở dữ liệu…", "Updating the database schema…")
COLLECTING = Sentence("Đang chuẩn bị giao diện…", "Preparing the static files…")
LOADING_DEMONSTRATION = Sentence(
    "Đang nạp số liệu minh hoạ nếu cơ sở dữ liệu còn trống…",
    "Loading the demonstration data if the database is empty…",
)
READY = Sentence("Trang web đã sẵn sàng: {address}", "The site is ready: {address}")
WHERE_LOGS_ARE = Sentence(
    "Nhật ký: {logs}. Nhấn Ctrl-C để dừng", "Logs: {logs}. Press Ctrl-C to stop"
)
CHILD_DIED = Sentence(
    "{program} đã dừng bất ngờ ({how}); khởi động lại sau {delay} giây. Nhật ký: {log}",
    "{program} stopped unexpectedly ({how}); restarting in {delay} s. Log: {log}",
)
REDIS_MENDED = Sentence(
    "Tệp của Redis hỏng ở cuối (mất điện hoặc đầy đĩa); đã cắt phần hỏng, bản cũ giữ tại {copy}",
    "The end of Redis's file was damaged (power cut or full disk); it was cut off, a copy stays in {copy}",
)
CHILD_RESTARTED = Sentence("{program} đã chạy lại", "{program} is running again")
STOPPING = Sentence("Đang dừng {program}…", "Stopping {program}…")
STOPPED = Sentence("Đã dừng, dữ liệu giữ tại {folder}", "Stopped, the data stays in {folder}")
