"""Who comes where: by the share delivered on time; those who share a share share a rank."""

from collections.abc import Mapping
from fractions import Fraction

FEWEST = 3  # an agency with fewer duties is not ranked: one late table would decide everything


def ranks(standings: Mapping[int, tuple[int, int]]) -> dict[int, int]:
    """Agency id → rank, from agency id → (on time, owed).

    Two first places are followed by a third (1, 1, 3).

    >>> ranks({1: (3, 3), 2: (4, 4), 3: (1, 4), 4: (2, 2)})
    {1: 1, 2: 1, 3: 3}
    """
    shares = {
        agency: Fraction(on_time, owed)
        for agency, (on_time, owed) in standings.items()
        if owed >= FEWEST
    }
    return {
        agency: 1 + sum(other > share for other in shares.values())
        for agency, share in shares.items()
    }
