"""What the table reader found, in the reader's language: sentences, headings, how to fix.

The reader keeps codes and parameters; its Vietnamese sentences are translated here.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tables import message_template
from tables.messages import TYPES

STAGES: dict[str, Promise] = {
    "": _("Đang chờ đến lượt"),
    "reading": _("Đang đọc tệp"),
    "types": _("Đang xác định kiểu dữ liệu của từng cột"),
    "table": _("Đang lập bảng dữ liệu"),
    "downloads": _("Đang chuẩn bị các tệp tải về"),
    "profile": _("Đang thống kê từng cột"),
    "no_room": _("Máy chủ đang hết chỗ; tệp sẽ tự được kiểm tra khi có chỗ"),
}

HEADINGS: dict[str, Promise] = {
    "short_row": _("Dòng thiếu ô"),
    "long_row": _("Dòng thừa ô"),
    "blank_rows": _("Dòng trống giữa bảng"),
    "title_rows": _("Dòng phía trên tiêu đề"),
    "header_rows": _("Tiêu đề nhiều dòng"),
    "column_numbers": _("Dòng đánh số cột"),
    "no_header": _("Không có dòng tiêu đề"),
    "unnamed_column": _("Cột không có tên"),
    "outside_header": _("Ô nằm ngoài các cột có tiêu đề"),
    "repeated_header": _("Tên cột bị lặp lại"),
    "totals_row": _("Dòng tổng ở cuối bảng"),
    "footnote": _("Ghi chú ở cuối bảng"),
    "invalid_bytes": _("Ký tự không đọc được"),
    "control_characters": _("Ký tự điều khiển"),
    "unclosed_quote": _("Dấu ngoặc kép không đóng"),
    "legacy_encoding": _("Bảng mã cũ"),
    "encoded_twice": _("Chữ bị mã hoá hai lần"),
    "lost_letters": _("Chữ có dấu có thể đã mất"),
    "null_word": _("Chữ thay cho ô trống"),
    "kept_text": _("Số được giữ dạng chữ"),
    "exponent": _("Số dài bị Excel rút gọn"),
    "rounded": _("Số bị làm tròn"),
    "mixed_type": _("Giá trị khác kiểu với cả cột"),
    "ambiguous_number": _("Số có thể hiểu hai cách"),
    "us_dates": _("Ngày ghi kiểu tháng/ngày/năm"),
    "big_integer": _("Số quá lớn"),
    "lost_zeros": _("Mã có thể đã mất số 0 ở đầu"),
    "restored_zeros": _("Mã được khôi phục số 0 ở đầu"),
    "shown_otherwise": _("Số hiện một cách, lưu một cách"),
    "shown_plainly": _("Ô thiếu định dạng mã"),
    "excel_rounded": _("Số quá dài bị Excel làm tròn"),
    "text_number": _("Số ghi dạng chữ giữa các ô số"),
    "mixed_dates": _("Ngày ghi dạng chữ giữa các ô ngày"),
    "percent": _("Cột hiện phần trăm"),
    "merged_number": _("Số của ô gộp bị lặp lại"),
    "formula_without_result": _("Công thức chưa có kết quả"),
    "other_sheets": _("Còn trang tính khác có dữ liệu"),
    "merged_cells": _("Ô gộp"),
    "sheet_error": _("Lỗi công thức trong bảng tính"),
    "nested_value": _("Giá trị lồng nhau"),
    "other_lists": _("Còn danh sách khác trong tệp"),
    "repeated_key": _("Khoá lặp lại trong bản ghi"),
    "no_position": _("Bản ghi không có vị trí"),
    "not_a_position": _("Vị trí không hợp lệ"),
    "swapped_position": _("Vĩ độ và kinh độ đảo chỗ"),
    "missing_column": _("Thiếu cột"),
    "extra_column": _("Cột lạ"),
    "type_changed": _("Cột đổi kiểu dữ liệu"),
    "wrong_type": _("Giá trị không đúng kiểu"),
    "missing_value": _("Ô bắt buộc bị để trống"),
}

FIXES: dict[str, Promise] = {
    "short_row": _("Điền nốt các ô còn thiếu, hoặc để nguyên nếu các ô đó thật sự trống."),
    "long_row": _(
        "Thường do một ô có dấu phân cách bên trong: đặt giá trị đó trong dấu ngoặc kép, hoặc xoá "
        "ô thừa."
    ),
    "blank_rows": _("Xoá các dòng trống ở giữa bảng nếu chúng không có ý nghĩa."),
    "title_rows": _("Lần sau hãy để dòng tiêu đề cột ở dòng đầu tiên của tệp."),
    "header_rows": _("Kiểm tra tên các cột bên dưới; nên để tiêu đề trên một dòng."),
    "column_numbers": _("Không cần sửa; lần sau có thể bỏ dòng đánh số cột."),
    "no_header": _("Thêm một dòng tiêu đề ở đầu tệp, mỗi cột một tên."),
    "unnamed_column": _("Đặt tên cho cột trong dòng tiêu đề, hoặc xoá cột nếu không dùng."),
    "outside_header": _(
        "Đặt tên cho cột ở dòng tiêu đề nếu đó là số liệu; nếu là ghi chú thừa, hãy xoá ô."
    ),
    "repeated_header": _("Đặt cho mỗi cột một tên riêng."),
    "totals_row": _("Không cần sửa nếu đó đúng là dòng tổng; người dùng tự cộng được."),
    "footnote": _("Không cần sửa; hãy ghi chú thích vào mô tả của bộ dữ liệu."),
    "invalid_bytes": _("Mở tệp gốc, gõ lại giá trị này rồi lưu thành CSV UTF-8 hoặc XLSX."),
    "control_characters": _("Không cần sửa nếu nội dung hiển thị đúng."),
    "unclosed_quote": _("Tìm dấu ngoặc kép mở ở dòng này và thêm dấu đóng, hoặc xoá dấu thừa."),
    "legacy_encoding": _("Xem lại vài dòng có dấu; lần sau hãy lưu tệp dạng CSV UTF-8 hoặc XLSX."),
    "encoded_twice": _(
        "Xem lại chữ đã được đọc; lần sau hãy xuất tệp bằng một bảng mã duy nhất, CSV UTF-8 hoặc XLSX."
    ),
    "lost_letters": _("Nếu chữ đã mất, hãy xuất lại từ tệp gốc thành CSV UTF-8 hoặc XLSX."),
    "null_word": _("Không cần sửa nếu đúng là chưa có số liệu; nếu nghĩa là số không, hãy ghi 0."),
    "kept_text": _(
        "Không cần sửa nếu đây là số mục hay mã; nếu là số liệu, hãy ghi các số theo cùng một cách."
    ),
    "exponent": _(
        "Ở tệp gốc, định dạng cột là Văn bản (Text), ghi lại đủ chữ số rồi xuất lại tệp."
    ),
    "rounded": _(
        "Không cần sửa nếu đó là số đo; nếu là mã, hãy đặt kiểu của cột là văn bản ở từ điển dữ liệu."
    ),
    "mixed_type": _(
        "Sửa các giá trị này cho cùng kiểu với cả cột; nếu chưa có số liệu, hãy để ô trống."
    ),
    "ambiguous_number": _(
        "Không cần sửa nếu đúng là hàng nghìn; nếu là số thập phân, hãy ghi thêm một chữ số, ví dụ "
        "1,2500 thay cho 1,250."
    ),
    "us_dates": _("Định dạng cột là Ngày và ghi theo dạng 31/08/2026."),
    "big_integer": _("Không cần sửa nếu đây là mã số; nếu là số liệu, hãy kiểm tra lại giá trị."),
    "lost_zeros": _("Trong Excel, định dạng cột là Văn bản (Text) rồi ghi lại mã với đủ chữ số."),
    "restored_zeros": _("Không cần sửa; hãy xem lại vài mã trong cột."),
    "shown_otherwise": _(
        "Nếu cần công bố đúng như hiển thị, hãy định dạng cột là Văn bản (Text) rồi ghi lại giá trị."
    ),
    "shown_plainly": _(
        "Định dạng các ô của cột như nhau, hoặc định dạng cột là Văn bản (Text) rồi ghi lại mã."
    ),
    "excel_rounded": _(
        "Mã dài phải để dạng Văn bản (Text) trước khi nhập: định dạng lại cột rồi ghi lại các mã này."
    ),
    "text_number": _("Ghi lại các ô này dạng số, cùng cách với cả cột."),
    "mixed_dates": _("Định dạng cả cột là Ngày rồi ghi lại theo dạng 31/08/2026."),
    "percent": _("Ghi đơn vị của cột (%) vào tiêu đề, hoặc nhân 100 nếu muốn công bố phần trăm."),
    "merged_number": _("Bỏ gộp ô và ghi số của từng dòng; dòng không có số thì để trống."),
    "formula_without_result": _("Mở tệp bằng Excel, đợi tính xong rồi lưu lại và tải lên."),
    "other_sheets": _("Nếu trang tính khác cũng cần công bố, hãy nộp riêng thành một bảng."),
    "merged_cells": _("Bỏ gộp ô và điền giá trị vào từng dòng."),
    "sheet_error": _("Sửa công thức bị lỗi trong bảng tính, hoặc thay bằng giá trị."),
    "nested_value": _(
        "Tách giá trị lồng nhau thành các cột riêng nếu người dùng cần lọc theo chúng."
    ),
    "other_lists": _("Nếu cần danh sách kia, hãy xuất riêng nó thành một tệp."),
    "repeated_key": _("Đặt cho mỗi khoá của bản ghi một tên riêng."),
    "no_position": _("Không cần sửa nếu chưa biết vị trí."),
    "not_a_position": _("Xuất lại tệp với hệ toạ độ WGS 84 (EPSG:4326), kinh độ trước, vĩ độ sau."),
    "swapped_position": _("Ghi kinh độ trước, vĩ độ sau, theo chuẩn GeoJSON."),
    "missing_column": _("Thêm lại cột này với đúng tên đã đăng ký, kể cả khi chưa có số liệu."),
    "extra_column": _(
        "Nếu là cột mới, hãy giữ nguyên; nếu là cột cũ bị đổi tên, hãy đặt lại tên đã đăng ký."
    ),
    "type_changed": _("Ghi các giá trị của cột đúng kiểu đã đăng ký ở từ điển dữ liệu."),
    "wrong_type": _(
        "Sửa từng ô cho đúng kiểu: ngày ghi 31/08/2026, số chỉ gồm chữ số; chưa có số liệu thì để "
        "trống."
    ),
    "missing_value": _("Điền giá trị vào các ô bắt buộc."),
}


def sentence(problem: Mapping[str, Any]) -> str:
    """One finding (Problem.as_dict()) as a sentence."""
    named = {
        key: problem[key] for key in ("row", "column", "value") if problem.get(key) is not None
    }
    return _fill(problem["rule"], {**named, **problem.get("params", {})})


def unreadable_sentence(unreadable: Mapping[str, Any]) -> str:
    """Why a file could not be read at all: {code, params} as a sentence."""
    return _fill(unreadable["code"], unreadable.get("params", {}))


def heading(rule: str) -> str:
    return str(HEADINGS[rule])


def how_to_fix(rule: str) -> str:
    return str(FIXES[rule])


def stage_name(stage: str) -> str:
    """What the check is doing now."""
    return str(STAGES.get(stage, STAGES[""]))


def type_name(code: str) -> str:
    """A column type in words: "integer" → "số nguyên"."""
    return gettext(TYPES[code])


def _fill(code: str, params: Mapping[str, Any]) -> str:
    """A sentence about a whole column may come without a row or a value."""
    words = {key: _word(key, value) for key, value in params.items()}
    return gettext(message_template(code)).format_map(
        {"row": "?", "column": "?", "value": "", **words}
    )


def _word(key: str, value: Any) -> Any:
    if key in ("type", "expected", "found") and value in TYPES:
        return gettext(TYPES[value])
    return localize(value) if key in ("count", "limit") else value
