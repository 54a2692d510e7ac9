"""Limits of the reader. Files are hostile until read."""

MAX_COLUMNS = 1_000
MAX_CELL = 1_000_000  # characters of one cell of a delimited file
MAX_SHEET_CELLS = 20_000_000  # a spreadsheet is held in memory: about 32 bytes a cell
MAX_SHEET_BYTES = 2_000_000_000  # unpacked size of a spreadsheet's parts
MAX_UNZIPPED = 4_000_000_000  # bytes of the one file in a ZIP
MAX_ENTRIES = 10_000  # files listed by a ZIP, or parts of a spreadsheet
MAX_LINE = 64_000_000  # bytes from one line end to the next
MAX_RATIO = 200  # unpacked to packed: real tables stay below 60
MAX_JSON_VALUE = 32_000_000  # characters of one record, or of a whole object of arrays
PROBLEMS_PER_RULE = 50  # kept for show; all are counted
REPORTED_VALUE = 200  # characters of a value in a report
XLSX_ROWS = 1_048_575  # rows of a sheet below its header

# Of the process that reads a file. A worksheet of 20 million cells takes 2 GB, a CSV of any size 1.
READING_MEMORY = 3_000_000_000
READING_FILE = 16_000_000_000  # bytes of each file it writes

# For DuckDB while a file is being read. The table being written, the CSV being read and
# Python itself come on top: the peak stays near twice this.
INGEST_MEMORY = "500MB"
INGEST_THREADS = 2
ROW_GROUP = 122_880  # rows of a Parquet row group, also DuckDB's own

# The column of a table that holds a row's place in the file, with an index; no name of data begins so.
ROW_ID = "@id"
ABOUT_SHEET = (
    "Về tập dữ liệu"  # of a workbook taken from here, in every language: no data of its own
)
ABOUT_LINES = 10
