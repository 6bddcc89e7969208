"""Moves of posts in a two by two table."""

import subprocess
import sys

import numpy as np
from scipy import sparse

from tyngdepunkt.methods.disclosure.moves import Moves

# Two units by two places: four inner cells, two rows, two columns.
SUMS = sparse.csr_array(
    np.vstack([np.eye(4), [[1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 1, 0], [0, 1, 0, 1]]]).astype(float)
)
COUNTS = np.array([2, 6, 7, 9])


def test_a_swap_keeps_the_margins_and_goes_no_further_than_the_counts_allow():
    moves = Moves(SUMS, COUNTS)
    wanted, none = np.zeros(8), np.zeros(8)
    wanted[0] = 10
    hidden = np.arange(8) < 4
    free_only = np.full(8, np.inf)
    assert moves.best(free_only, hidden, wanted, none).tolist() == [6, -6, -6, 6]
    assert moves.best(free_only, hidden, none, wanted).tolist() == [-2, 2, 2, -2]
    assert not moves.best(free_only, np.arange(8) < 1, wanted, none).any()


def test_nothing_is_written_where_the_json_of_a_command_goes() -> None:
    made = "from tyngdepunkt.methods.disclosure.moves import silent_highs; silent_highs().run()"
    told = subprocess.run([sys.executable, "-c", made], capture_output=True, check=True)
    assert told.stdout == b""
