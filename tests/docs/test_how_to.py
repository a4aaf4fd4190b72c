"""What a how-to tells to run runs."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import numpy as np

HOW_TO = Path(__file__).resolve().parents[2] / "docs" / "how-to"


def test_a_plan_from_a_database_as_its_page_says(tmp_path, monkeypatch, capsys):
    chance, units = np.random.default_rng(1), 3_000
    unit = np.repeat(np.arange(units), 2)
    given = {
        "unit": unit, "size": np.repeat(chance.integers(1, 5, units), 2), "medical": np.repeat(chance.integers(0, 2, units), 2),
        "route": np.tile([0, 1], units), "value": chance.integers(500, 4_000, 2 * units), "link": chance.integers(0, 2, 2 * units),
    }  # fmt: skip
    monkeypatch.chdir(tmp_path)
    base = duckdb.connect()
    base.register("given", given)
    base.execute("COPY given TO 'options.parquet' (FORMAT PARQUET)")
    (told,) = re.findall(r"```python\n(.*?)```", (HOW_TO / "plan-beyond-one-machine.md").read_text(encoding="utf-8"), re.S)
    exec(compile(told, "plan-beyond-one-machine.md", "exec"), {})
    placed, value, bound = map(int, re.findall(r"\d+", capsys.readouterr().out))
    assert placed > 100 and 0.99 * bound <= value <= bound
