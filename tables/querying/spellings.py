"""How a table spells texts that somebody has typed with other accents or capitals."""

from collections.abc import Mapping, Sequence

from tables.folding import folded, folded_sql
from tables.patterns import quoted
from tables.querying.filtering import known
from tables.querying.pool import TablePool
from tables.querying.stacking import source_of
from tables.question import Table

MOST_SPELLINGS = 100  # of all values of a column together


def spellings(
    pool: TablePool,
    given: Table | Sequence[Table],
    wanted: Mapping[str, Sequence[str]],
    *,
    deadline: float = 2.0,
) -> dict[str, dict[str, list[str]]]:
    """Column → typed text → the values of the column that differ from it at most in accents and case.

    `wanted` are texts by text columns. One question, whatever the number of columns and texts, of
    each column's distinct values. Raises BadQuery, TooSlow, TooBusy, TableUnavailable.
    """
    source = source_of(given)
    columns = {column.name: column for column in source.columns}
    only, limits = source.only
    parts: list[str] = []
    params: list[object] = []
    with pool.lend([table.path for table in source.tables], deadline=deadline) as lease:
        rows = f"{source.sql(lease)}{f' WHERE {only}' if only else ''}"
        for number, (name, texts) in enumerate(wanted.items()):
            cell = quoted(known(columns, name).name)
            marks = ", ".join("?" * len(texts))
            parts.append(
                f"(SELECT {number:d}, v FROM (SELECT DISTINCT {cell} AS v FROM {rows})"
                f" WHERE {folded_sql('v')} IN ({marks}) ORDER BY v LIMIT {MOST_SPELLINGS:d})"
            )
            params += [*limits, *map(folded, texts)]
        found = lease.cursor.execute(" UNION ALL ".join(parts), params).fetchall() if parts else []
    names = list(wanted)
    result: dict[str, dict[str, list[str]]] = {
        name: {text: [] for text in texts} for name, texts in wanted.items()
    }
    for number, value in found:
        for text, alike in result[names[number]].items():
            if folded(text) == folded(value):
                alike.append(value)
    return result
