"""Two limits of time: a programme's own and the caller's; the shorter one holds."""

import numpy as np
import pytest
from scipy import sparse

from safeconduct.engines.placement.highs import INFINITY, Limit, Programme, Solver


@pytest.mark.parametrize(("own", "callers", "holds"), [(2.0, 100.0, 2.0), (20.0, 1.0, 1.0), (None, 3.0, 3.0)])
def test_the_shorter_of_two_limits_holds(own, callers, holds):
    one = np.ones(1)
    solver = Solver(
        Programme(one, 0 * one, one, sparse.csr_matrix([[1.0]]), -INFINITY * one, one), {} if own is None else {"time_limit": own}
    )
    solver.run(Limit(callers, lambda: 0.0))
    assert solver.highs.getOptionValue("time_limit")[1] == pytest.approx(holds, abs=0.5)
