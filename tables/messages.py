"""Every sentence the table reader can say, in Vietnamese, with {named} parameters.

No Django here: `_` only marks a sentence for extraction. The site calls gettext on
`message_template(code)` and then fills in the parameters.
"""

from collections.abc import Mapping


def _(text: str) -> str:
    return text


UNREADABLE = {
    "crashed": _(
        "Cổng đã thử đọc tệp ba lần mà không xong: hãy nộp lại, hoặc chia nhỏ tệp; nếu vẫn không "
        "được, hãy báo bộ phận hỗ trợ kèm tên tệp."
    ),
    "too_much_memory": _(
        "Đọc tệp này cần nhiều bộ nhớ hơn mức cho phép: hãy lưu thành CSV, hoặc chia thành nhiều tệp nhỏ "
        "rồi nộp lại."
    ),
    "took_too_long": _(
        "Đọc tệp này lâu hơn mức cho phép: hãy lưu thành CSV, hoặc chia thành nhiều tệp nhỏ rồi nộp lại."
    ),
    "too_much_output": _(
        "Bảng đọc được từ tệp này lớn hơn mức cho phép: hãy chia thành nhiều tệp nhỏ rồi nộp lại."
    ),
    "broken_file": _(
        "Tệp hỏng hoặc có cấu trúc lạ: hãy mở bằng Excel hoặc LibreOffice, lưu thành XLSX hoặc CSV (UTF-8) "
        "rồi nộp lại."
    ),
    "missing": _("Không tìm thấy tệp {name}."),
    "empty": _("Tệp trống: hãy chọn tệp có dữ liệu."),
    "only_header": _("Tệp chỉ có dòng tiêu đề, không có dòng dữ liệu nào."),
    "no_table": _("Không tìm thấy bảng dữ liệu nào trong tệp."),
    "unsupported": _(
        "Không đọc được loại tệp này: hãy dùng CSV, TSV, XLSX, XLS, ODS, JSON, GeoJSON "
        "hoặc ZIP chứa một tệp như vậy."
    ),
    "document": _(
        "Tệp thực ra là một văn bản (PDF, Word, PowerPoint…), không phải bảng dữ liệu: hãy nộp bảng gốc "
        "dạng XLSX hoặc CSV."
    ),
    "xml_workbook": _(
        "Tệp thực ra là XML Spreadsheet 2003: hãy mở bằng Excel, chọn “Lưu thành” XLSX rồi nộp lại."
    ),
    "mhtml": _(
        "Tệp thực ra là một trang web lưu thành một tệp (MHTML): hãy mở bằng Excel, chọn “Lưu thành” XLSX "
        "rồi nộp lại."
    ),
    "map": _(
        "Tệp thực ra là một bản đồ (KML, GPX, Shapefile…): hãy chuyển thành GeoJSON, hoặc thành CSV có cột "
        "kinh độ và vĩ độ."
    ),
    "xml": _(
        "Tệp thực ra là XML, chưa đọc được thành bảng: hãy xuất lại thành CSV, XLSX hoặc JSON."
    ),
    "pointer": _(
        "Tệp chỉ là con trỏ tới nơi khác (Git LFS, lối tắt…), không chứa dữ liệu: hãy tải tệp thật về rồi "
        "nộp lại."
    ),
    "program": _(
        "Tệp thực ra là mã của một chương trình, không phải bảng dữ liệu: hãy nộp dữ liệu dạng CSV hoặc "
        "XLSX."
    ),
    "line_too_long": _(
        "Tệp có một dòng dài hơn {limit} MB không xuống dòng, nên không phải là bảng: hãy xuất lại thành "
        "CSV (UTF-8) hoặc XLSX."
    ),
    "binary": _("Nội dung tệp không phải là văn bản: hãy xuất lại thành CSV (UTF-8) hoặc XLSX."),
    "encrypted": _("Tệp được đặt mật khẩu: hãy bỏ mật khẩu rồi tải lên lại."),
    "html": _("Tệp thực ra là một trang HTML: hãy mở bằng Excel rồi lưu lại thành XLSX hoặc CSV."),
    "broken_workbook": _(
        "Tệp bảng tính bị hỏng: hãy mở bằng Excel hoặc LibreOffice, lưu lại thành XLSX rồi nộp lại; nếu "
        "không mở được, hãy lấy lại tệp gốc."
    ),
    "sheet_cell_too_long": _(
        "Bảng tính có một ô dài hơn {limit} ký tự: hãy xoá hoặc rút ngắn ô đó rồi nộp lại."
    ),
    "workbook_too_big": _(
        "Bảng tính quá lớn (hơn {limit} ô): hãy lưu thành CSV hoặc chia thành nhiều tệp."
    ),
    "broken_zip": _("Tệp nén bị hỏng: hãy nén lại rồi tải lên, hoặc tải lên không nén."),
    "zip_bomb": _(
        "Tệp giải nén ra lớn bất thường (giới hạn {limit} MB): nếu là tệp nén, hãy tải lên tệp bên trong; "
        "nếu là bảng tính, hãy lưu thành CSV."
    ),
    "zip_count": _("Tệp nén phải chứa đúng một tệp dữ liệu, tệp này chứa {count}."),
    "too_many_columns": _("Bảng có {count} cột, nhiều hơn giới hạn {limit} cột."),
    "cell_too_long": _(
        "Dòng {row} có một ô dài hơn {limit} ký tự: có thể thiếu dấu ngoặc kép đóng."
    ),
    "broken_json": _("JSON sai cú pháp ở ký tự thứ {position}."),
    "json_too_deep": _("JSON lồng quá nhiều cấp: hãy xuất thành danh sách đối tượng phẳng."),
    "json_not_table": _(
        "JSON không phải dạng bảng: cần danh sách đối tượng, đối tượng gồm các danh sách "
        "cùng độ dài, hoặc mỗi dòng một đối tượng."
    ),
    "json_no_rows": _(
        "Trong tài liệu JSON không có danh sách nào ở “{path}”: hãy kiểm tra đường dẫn tới danh sách."
    ),
    "json_value_too_big": _("Một giá trị trong tệp JSON lớn hơn {limit} MB."),
}

PROBLEMS = {
    "short_row": _("Dòng {row} có {found} ô, ít hơn {expected} cột: các ô thiếu được để trống."),
    "long_row": _("Dòng {row} có {found} ô, nhiều hơn {expected} cột: hãy sửa ô thừa “{value}”."),
    "blank_rows": _("Bỏ qua {count} dòng trống, dòng đầu tiên là dòng {row}."),
    "title_rows": _("Dòng {row} nằm trên dòng tiêu đề (“{value}”), không đưa vào bảng dữ liệu."),
    "header_rows": _("Tiêu đề gồm {count} dòng đã được ghép thành một."),
    "column_numbers": _("Bỏ qua dòng đánh số cột {row}."),
    "no_header": _("Tệp không có dòng tiêu đề: các cột được đặt tên tạm."),
    "unnamed_column": _("Cột thứ {position} không có tên, được đặt tên là “{column}”."),
    "outside_header": _(
        "Dòng {row} có ô “{value}” nằm ngoài các cột có tiêu đề: được giữ ở cột “{column}”."
    ),
    "repeated_header": _("Tên cột “{column}” bị lặp lại."),
    "totals_row": _("Dòng {row} là dòng tổng (“{value}”), không đưa vào bảng dữ liệu."),
    "footnote": _("Dòng {row} là ghi chú cuối bảng (“{value}”), không đưa vào bảng dữ liệu."),
    "invalid_bytes": _("Dòng {row}, cột “{column}” có ký tự không đọc được: “{value}”."),
    "control_characters": _("Tệp có ký tự điều khiển, đã được bỏ đi."),
    "unclosed_quote": _("Từ dòng {row} có dấu ngoặc kép mở mà không đóng: hãy kiểm tra dòng này."),
    "legacy_encoding": _(
        "Tệp dùng bảng mã {encoding}: đã chuyển sang UTF-8, hãy xem lại chữ có dấu."
    ),
    "encoded_twice": _(
        "Dòng {row}, cột “{column}”: “{value}” bị sai bảng mã, đã được đọc là “{repaired}”."
    ),
    "lost_letters": _(
        "Dòng {row}, cột “{column}”: “{value}” có dấu hỏi giữa từ, có thể là chữ có dấu đã mất."
    ),
    "null_word": _("Dòng {row}, cột “{column}” ghi “{value}”, không phải là giá trị: ô để trống."),
    "kept_text": _(
        "Cột “{column}” được giữ dạng chữ: đổi thành số thì “{value}” (dòng {row}) không còn như đã ghi."
    ),
    "exponent": _(
        "Dòng {row}, cột “{column}”: “{value}” là cách Excel rút gọn số dài, các chữ số sau đã mất."
    ),
    "rounded": _(
        "Dòng {row}, cột “{column}”: “{value}” có nhiều chữ số hơn máy giữ được, bị làm tròn."
    ),
    "mixed_type": _("Cột “{column}” gần như toàn {type}, nhưng dòng {row} ghi “{value}”."),
    "ambiguous_number": _(
        "Cột “{column}”: “{value}” được hiểu là số có dấu phân cách hàng nghìn; nếu là số thập "
        "phân, hãy ghi thêm chữ số."
    ),
    "us_dates": _("Cột “{column}” ghi ngày kiểu tháng/ngày/năm, ví dụ “{value}”."),
    "big_integer": _("Cột “{column}” có số quá lớn (“{value}”), được giữ nguyên dạng chữ."),
    "lost_zeros": _(
        "Cột “{column}” là mã nhưng được lưu như số: số 0 ở đầu (nếu có) đã mất trong tệp gốc."
    ),
    "restored_zeros": _("Cột “{column}”: đã khôi phục số 0 ở đầu theo định dạng ô."),
    "shown_otherwise": _(
        "Dòng {row}, cột “{column}”: ô hiện “{shown}” nhưng số được lưu và công bố là {value}."
    ),
    "shown_plainly": _(
        "Dòng {row}, cột “{column}”: ô ghi {value}, không có định dạng mã như các ô khác của cột."
    ),
    "excel_rounded": _(
        "Dòng {row}, cột “{column}”: số {value} có hơn 15 chữ số, Excel đã làm tròn các chữ số sau."
    ),
    "text_number": _(
        "Dòng {row}, cột “{column}”: “{value}” được ghi dạng chữ giữa các ô số, đã đọc là số."
    ),
    "mixed_dates": _(
        "Dòng {row}, cột “{column}”: “{value}” được ghi dạng chữ giữa các ô ngày; ở các ô ngày, Excel "
        "có thể đã đảo ngày và tháng."
    ),
    "percent": _(
        "Cột “{column}” hiện phần trăm: ô “{shown}” (dòng {row}) được lưu và công bố là {value}."
    ),
    "merged_number": _(
        "Dòng {row}, cột “{column}”: số {value} của ô gộp được lặp lại cho {count} dòng, cộng lại sẽ "
        "thành nhiều lần."
    ),
    "formula_without_result": _(
        "Dòng {row}, cột “{column}”: công thức chưa có kết quả trong tệp, ô đọc ra trống."
    ),
    "other_sheets": _("Tệp còn {count} trang tính khác có dữ liệu; chỉ đọc trang “{value}”."),
    "merged_cells": _("Cột “{column}” có ô gộp: giá trị được lặp lại cho từng dòng."),
    "sheet_error": _("Dòng {row}, cột “{column}” có lỗi công thức trong bảng tính ({value})."),
    "nested_value": _("Cột “{column}” có giá trị lồng nhau, được giữ dưới dạng JSON."),
    "other_lists": _("Tệp còn danh sách “{value}” không được đọc; chỉ đọc danh sách “{read}”."),
    "repeated_key": _("Bản ghi {row} có khoá “{value}” hai lần: lần sau ở cột “{column}”."),
    "no_position": _("Bản ghi {row} không có vị trí trên bản đồ."),
    "not_a_position": _(
        "Bản ghi {row}: hình không phải là kinh độ, vĩ độ tính bằng độ (“{value}”)."
    ),
    "swapped_position": _("Bản ghi {row}: vĩ độ và kinh độ đảo chỗ (“{value}”)."),
    "missing_column": _("Thiếu cột “{column}” so với cấu trúc đã đăng ký."),
    "extra_column": _("Cột “{column}” không có trong cấu trúc đã đăng ký."),
    "type_changed": _("Cột “{column}” phải là {expected} nhưng dữ liệu là {found}."),
    "wrong_type": _("Dòng {row}, cột “{column}”: “{value}” không phải là {type}."),
    "missing_value": _("Dòng {row}: cột “{column}” bắt buộc nhưng để trống."),
}

TYPES = {
    "text": _("văn bản"),
    "integer": _("số nguyên"),
    "number": _("số"),
    "date": _("ngày"),
    "datetime": _("ngày giờ"),
    "boolean": _("đúng/sai"),
    "geometry": _("hình học"),
}

QUERY = {
    "unknown_column": _("Bảng không có cột “{column}”."),
    "unknown_op": _("Không có phép so sánh “{op}”."),
    "op_not_for_type": _("Phép “{op}” không dùng được cho cột “{column}” kiểu {type}."),
    "bad_value": _("Giá trị “{value}” không hợp lệ cho cột “{column}” kiểu {type}."),
    "value_missing": _("Điều kiện ở cột “{column}” thiếu giá trị."),
    "too_many_values": _("Điều kiện ở cột “{column}” có quá {limit} giá trị."),
    "too_many_filters": _("Có quá {limit} điều kiện lọc."),
    "too_deep": _("Các nhóm điều kiện lồng nhau quá {limit} lớp: hãy viết gọn lại."),
    "too_many_sorts": _("Chỉ sắp xếp được theo tối đa {limit} cột."),
    "too_many_groups": _(
        "Chỉ gộp được theo tối đa {limit} cột, mỗi lần tính tối đa {results} giá trị."
    ),
    "bad_grouping": _(
        "Không gộp được cột “{column}” kiểu {type} theo “{by}”: ngày gộp theo year, quarter hoặc "
        "month, số gộp theo độ rộng khoảng là một số dương."
    ),
    "unknown_aggregate": _(
        "Không có phép tính “{function}”: hãy dùng count, sum, avg, min, max, median hoặc distinct."
    ),
    "aggregate_not_for_type": _("Không tính được {function} của cột “{column}” kiểu {type}."),
    "aggregate_without_column": _("Phép tính {function} cần tên một cột."),
    "unknown_result_column": _(
        "Kết quả gộp không có cột “{column}”: chỉ dùng được cột gộp và cột đã tính."
    ),
    "search_too_long": _("Nội dung tìm trong bảng dài quá {limit} ký tự hoặc quá {words} từ."),
    "search_without_words": _("Nội dung tìm trong bảng cần có ít nhất một chữ cái hoặc chữ số."),
    "bad_cursor": _(
        "Dấu trang không thuộc truy vấn này hoặc dữ liệu đã thay đổi: hãy xem lại từ trang đầu."
    ),
    "bad_limit": _("Số dòng mỗi trang phải từ 1 đến {limit}."),
    "bad_offset": _("Vị trí bắt đầu không được âm."),
    "repeated_column": _("Cột “{column}” được yêu cầu hai lần."),
    "too_slow": _("Truy vấn vượt quá {seconds} giây và đã bị dừng: hãy thêm điều kiện lọc."),
    "too_busy": _("Cổng đang gửi nhiều tệp cùng lúc: hãy thử lại sau một phút."),
    "engine_busy": _("Cổng đang trả lời nhiều truy vấn nặng: hãy thử lại sau một phút."),
    "too_many_exports": _(
        "Từ địa chỉ của bạn đang có nhiều tệp được tải cùng lúc: hãy đợi tải xong rồi thử lại."
    ),
    "over_budget": _(
        "Từ địa chỉ của bạn đã có nhiều truy vấn nặng trong phút này: hãy thử lại sau {seconds} giây."
    ),
    "too_heavy": _("Truy vấn cần quá nhiều bộ nhớ và đã bị dừng: hãy thêm điều kiện lọc."),
    "too_many_rows": _(
        "Kết quả có {count} dòng, nhiều hơn {limit} dòng mà XLSX chứa được: hãy lọc bớt "
        "hoặc tải CSV."
    ),
    "no_geometry": _(
        "Không xuất được GeoJSON: kết quả không có cột hình học hay cột vĩ độ và kinh độ."
    ),
    "no_table_file": _("Không mở được bảng dữ liệu: hãy thử lại sau."),
}

_ALL = {**UNREADABLE, **PROBLEMS, **QUERY}


def message_template(code: str) -> str:
    """The Vietnamese sentence of `code` with {named} parameters. KeyError if there is none."""
    return _ALL[code]


def say(code: str, params: Mapping[str, object]) -> str:
    """The Vietnamese sentence of `code` with its parameters filled in.

    A parameter `type`, `expected` or `found` that names a column type is translated.
    """
    words = {key: TYPES.get(str(value), value) for key, value in params.items()}
    return message_template(code).format_map({**_NOTHING, **words})


# A sentence about a whole column may come without a row or a value.
_NOTHING: dict[str, object] = {"row": "?", "column": "?", "value": ""}
