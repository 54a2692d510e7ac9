"""python -m demo FOLDER writes the files and says how much and how fast."""

import re
from pathlib import Path

import pytest

from demo import __main__ as command
from demo.catalogue import DATASETS

FEW = tuple(
    one for one in DATASETS if one.slug in ("nha-o-xa-hoi", "le-hoi", "ho-so-suc-khoe-dien-tu")
)


def test_it_writes_every_file_and_counts_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "DATASETS", FEW)
    assert command.main([str(tmp_path / "new"), "--today", "2026-11-23"]) == 0
    assert len(list((tmp_path / "new").iterdir())) == 8 + 3
    assert re.search(
        r"^3 datasets, 11 files, [\d.]+ MB, [\d.]+ s$", capsys.readouterr().out, re.MULTILINE
    )


def test_it_needs_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command.main([])
    assert "folder" in capsys.readouterr().err
