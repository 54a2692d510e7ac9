"""The demonstration catalogue: datasets of the province's agencies, all figures made up."""

from demo.catalogue import (
    agriculture,
    construction,
    culture,
    digital,
    economy,
    education,
    environment,
    health,
    justice,
    society,
    trade,
)
from demo.model import DemoDataset

DATASETS: tuple[DemoDataset, ...] = (
    *health.DATASETS,
    *education.DATASETS,
    *agriculture.DATASETS,
    *environment.DATASETS,
    *construction.DATASETS,
    *economy.DATASETS,
    *trade.DATASETS,
    *culture.DATASETS,
    *society.DATASETS,
    *digital.DATASETS,
    *justice.DATASETS,
)
