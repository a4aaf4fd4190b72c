"""HiGHS on sparse arrays: a linear or mixed integer programme in, numbers out. Nothing here is trusted later.

Source: Huangfu and Hall (2018), Parallelizing the dual revised simplex method; https://highs.dev.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
INFINITY = float(highspy.kHighsInf)
TIGHT: dict[str, float | str] = {
    "primal_feasibility_tolerance": 1e-9,
    "mip_feasibility_tolerance": 1e-9,
    "dual_feasibility_tolerance": 1e-9,
}
PLAIN: dict[str, float | str] = {"presolve": "off"}  # slower, and nothing to undo in the answer


class SearchFailed(RuntimeError):
    """The solver gave no usable answer, even with its tightest tolerances; nothing unchecked is handed on.

    Shapes: none. Units: none.
    Source: the integer check that every plan passes before it is returned.
    """


@dataclass
class Limit:
    """Time that the search for better plans may take: `seconds`, measured by the caller's `clock` (seconds).

    Finding a first plan is never cut short.

    Shapes: single numbers. Units: seconds.
    Source: the caller, e.g. `Limit(60, time.monotonic)`.
    """

    seconds: float
    clock: Callable[[], float]
    _started: float = field(init=False)

    def __post_init__(self) -> None:
        self._started = self.clock()

    def left(self) -> float:
        """Seconds that are left, never below 0."""
        return max(0.0, self.seconds - (self.clock() - self._started))


@dataclass(frozen=True)
class Programme:
    """Maximise `gain` x, rows and columns within bounds; `whole` marks integer columns."""

    gain: Floats
    lower: Floats
    upper: Floats
    rows: sparse.csr_matrix
    row_lower: Floats
    row_upper: Floats
    whole: NDArray[np.bool_] | None = None


@dataclass(frozen=True)
class Outcome:
    """What the solver says: `status` is optimal, stopped or infeasible; `x` None where it has no solution."""

    status: str
    x: Floats | None
    bound: float
    row_dual: Floats


class _Quiet(highspy.Highs):
    """HiGHS without the banner that its own constructor writes to standard output."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()
        self.setOptionValue("output_flag", False)


class Solver:
    """One HiGHS instance that holds a programme; bounds can be changed between runs and the basis stays warm."""

    def __init__(self, programme: Programme, options: dict[str, float | str] | None = None) -> None:
        self.highs = _Quiet()
        self.programme = programme
        fixed: dict[str, bool | float | str] = {
            "parallel": "off",
            "random_seed": 0,
            "mip_rel_gap": 0.0,
            "mip_abs_gap": 0.999,
        }
        for name, value in (fixed | (options or {})).items():
            self.highs.setOptionValue(name, value)
        self.within = float((options or {}).get("time_limit", INFINITY))
        self.highs.passModel(_lp(programme))

    def bound_columns(self, lower: Floats, upper: Floats) -> None:
        columns = np.arange(len(lower), dtype=np.int32)
        self.highs.changeColsBounds(len(columns), columns, lower, upper)

    def bound_row(self, row: int, lower: float, upper: float) -> None:
        self.highs.changeRowBounds(row, lower, upper)

    def start_from(self, x: Floats) -> None:
        """Give a solution to begin with; the solver checks it."""
        solution = highspy.HighsSolution()
        solution.col_value = x.tolist()
        self.highs.setSolution(solution)

    def run(self, limit: Limit | None = None) -> Outcome:
        if limit is not None:
            self.highs.setOptionValue("time_limit", self.highs.getRunTime() + min(self.within, limit.left()))
        self.highs.run()
        return self._outcome()

    def _outcome(self) -> Outcome:
        status, info, solution = self.highs.getModelStatus(), self.highs.getInfo(), self.highs.getSolution()
        kinds = highspy.HighsModelStatus
        found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        x = np.array(solution.col_value) if found else None
        dual = np.array(solution.row_dual) if solution.dual_valid else np.zeros(len(self.programme.row_lower))
        if status in (kinds.kOptimal, kinds.kModelEmpty):
            said = "optimal"
        elif status in (kinds.kInfeasible, kinds.kUnboundedOrInfeasible):
            said, x = "infeasible", None
        else:
            said = "stopped"
        if self.programme.whole is None:
            bound = -info.objective_function_value if said == "optimal" else INFINITY
        else:
            bound = -info.mip_dual_bound
        return Outcome(said, x, float(bound), -np.nan_to_num(dual, nan=0.0, posinf=0.0, neginf=0.0))


def _lp(programme: Programme) -> highspy.HighsLp:
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(programme.gain), len(programme.row_lower)
    lp.col_cost_ = -programme.gain
    lp.col_lower_, lp.col_upper_ = programme.lower, programme.upper
    lp.row_lower_, lp.row_upper_ = programme.row_lower, programme.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = programme.rows.indptr
    lp.a_matrix_.index_ = programme.rows.indices
    lp.a_matrix_.value_ = programme.rows.data.astype(np.float64)
    if programme.whole is not None:
        kind = highspy.HighsVarType
        lp.integrality_ = [kind.kInteger if whole else kind.kContinuous for whole in programme.whole]
    return lp
