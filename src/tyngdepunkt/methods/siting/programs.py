"""Mixed integer programs solved by HiGHS, in a process of its own that can be ended.

HiGHS looks at its time limit too seldom while it prepares a model and solves the first relaxation. So it
works in a child, which sends every better plan and every better bound at once; when time is up the child
is ended and what it sent last is kept. Small programs are solved here. The child's input stays open as
long as its parent lives: a parent that is killed has no time to end it, so the child ends with its input.
"""

from __future__ import annotations

import contextlib
import io
import os
import select
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np

from tyngdepunkt.methods.siting.result import Deadline
from tyngdepunkt.methods.validation import Bools, Floats

SMALL = 20_000
"""Most terms of a program that is solved in this process."""
_GRACE = 0.3
"""Seconds the child has to stop by itself."""
State = Literal["optimal", "feasible", "infeasible", "unknown"]


@dataclass(frozen=True, eq=False)
class Program:
    """Minimise cost · x with low ≤ x ≤ high and row_low ≤ rows x ≤ row_high.

    Attributes:
        cost, low, high: (columns,).
        whole: (columns,) which must be whole numbers.
        rows: (rows, columns) sparse, compressed by row.
        row_low, row_high: (rows,).
    """

    cost: Floats
    low: Floats
    high: Floats
    whole: Bools
    rows: Any
    row_low: Floats
    row_high: Floats


class Solved(NamedTuple):
    """What HiGHS found.

    Attributes:
        state: `feasible` with a plan that is not proved; `unknown` with neither plan nor proof.
        x: (columns,) the best plan, whole where it must be; None without one.
        bound: no plan costs less; −infinity when nothing is proved.
        nodes: nodes of the tree.
    """

    state: State
    x: Floats | None
    bound: float
    nodes: int


def solve_program(
    program: Program, deadline: Deadline, start: Floats | None = None, apart: float = 0.0
) -> Solved:
    """The best plan, or the best found in time.

    Args:
        program: what to solve; may have no columns or no rows.
        deadline: when to hand over.
        start: (columns,) a plan known already.
        apart: a large program may end, and is called `optimal`, when plan and bound are no further apart.
    """
    if not len(program.cost) or not program.rows.shape[0]:
        return _without_rows(program)
    if program.rows.nnz <= SMALL:
        solved = _here(program, deadline.left)
    else:
        solved = _in_child(program, deadline, start, apart)
    if solved.state == "unknown" and start is not None:
        solved = solved._replace(state="feasible", x=start)
    return _whole(program, solved)


def _without_rows(program: Program) -> Solved:
    """An empty program: HiGHS calls it neither solved nor unsolved, so it does not get to see it."""
    if (program.low > program.high).any():
        return Solved("infeasible", None, np.inf, 0)
    x = np.where(program.cost > 0, program.low, np.where(program.cost < 0, program.high, program.low))
    bad = ((program.row_low > 0) | (program.row_high < 0)).any()
    return Solved("infeasible", None, np.inf, 0) if bad else Solved("optimal", x, float(program.cost @ x), 0)


def _whole(program: Program, solved: Solved) -> Solved:
    if solved.x is None:
        return solved
    return solved._replace(x=np.where(program.whole, np.round(solved.x), solved.x))


def _here(program: Program, seconds: float) -> Solved:
    """The same in this process, by the HiGHS that SciPy carries: it starts at once and prints nothing."""
    from scipy import optimize

    options: Any = {"mip_rel_gap": 0.0}
    if seconds != float("inf"):
        options["time_limit"] = max(0.01, seconds)
    result: Any = optimize.milp(
        program.cost,
        integrality=program.whole.astype(float),
        bounds=optimize.Bounds(program.low, program.high),
        constraints=optimize.LinearConstraint(program.rows, program.row_low, program.row_high),
        options=options,
    )
    nodes = int(result.mip_node_count or 0)
    if result.status == 2:
        return Solved("infeasible", None, np.inf, nodes)
    bound = -np.inf if result.mip_dual_bound is None else float(result.mip_dual_bound)
    if result.x is None:
        return Solved("unknown", None, bound, nodes)
    return Solved("optimal" if result.status == 0 else "feasible", result.x, bound, nodes)


def _in_child(program: Program, deadline: Deadline, start: Floats | None, apart: float) -> Solved:
    package = Path(__file__).parents[3]
    path = os.pathsep.join([str(package), *filter(None, [os.environ.get("PYTHONPATH")])])
    child = subprocess.Popen(  # noqa: S603 - this interpreter and this module
        [sys.executable, "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": path},
    )
    message = _packed(program, start, deadline.left, apart)
    feeder = threading.Thread(target=_feed, args=(child.stdin, message), daemon=True)
    feeder.start()
    try:
        return _listen(child, deadline)
    finally:
        child.kill()
        child.wait()
        feeder.join()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()


def _feed(stream: Any, message: bytes) -> None:
    """Send the program; in a thread, since a pipe takes 64 kB and a child that starts slowly reads late."""
    with contextlib.suppress(OSError, ValueError):
        stream.write(len(message).to_bytes(8, "little") + message)
        stream.flush()


def _listen(child: subprocess.Popen[bytes], deadline: Deadline) -> Solved:
    assert child.stdout is not None  # noqa: S101 - a pipe
    best = Solved("unknown", None, -np.inf, 0)
    received = bytearray()
    while True:
        wait = None if deadline.left == float("inf") else deadline.left + _GRACE
        if not select.select([child.stdout], [], [], wait)[0]:
            return best
        part = os.read(child.stdout.fileno(), 1 << 20)
        if not part:
            return best
        received += part
        while len(received) >= 8 and len(received) >= 8 + int.from_bytes(received[:8], "little"):
            size = int.from_bytes(received[:8], "little")
            best = _unpacked(bytes(received[8 : 8 + size]))
            del received[: 8 + size]


def _packed(program: Program, start: Floats | None, seconds: float, apart: float) -> bytes:
    rows = program.rows
    stream = io.BytesIO()
    np.savez(
        stream,
        cost=program.cost,
        low=program.low,
        high=program.high,
        whole=program.whole,
        indptr=rows.indptr,
        indices=rows.indices,
        data=rows.data,
        row_low=program.row_low,
        row_high=program.row_high,
        start=np.empty(0) if start is None else start,
        seconds=np.array(seconds),
        apart=np.array(apart),
    )
    return stream.getvalue()


def _unpacked(message: bytes) -> Solved:
    with np.load(io.BytesIO(message)) as file:
        state = _STATES[int(file["state"])]
        x = file["x"]
        return Solved(state, x if len(x) else None, float(file["bound"]), int(file["nodes"]))


_STATES: tuple[State, ...] = ("optimal", "feasible", "infeasible", "unknown")


def _send(stream: Any, solved: Solved) -> None:
    body = io.BytesIO()
    np.savez(
        body,
        state=np.array(_STATES.index(solved.state)),
        x=np.empty(0) if solved.x is None else solved.x,
        bound=np.array(solved.bound),
        nodes=np.array(solved.nodes),
    )
    message = body.getvalue()
    stream.write(len(message).to_bytes(8, "little") + message)
    stream.flush()


def _run(
    program: Program, seconds: float, start: Floats | None, apart: float, tell: Callable[[Solved], None]
) -> None:
    """Solve in the child; `tell` gets what is known each time it betters, and at the end."""
    import highspy

    highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("mip_abs_gap", max(1e-7, apart))
    if seconds != float("inf"):
        highs.setOptionValue("time_limit", max(0.01, seconds))
    highs.passModel(_model(highspy, program))
    if start is not None:
        known = highspy.HighsSolution()
        known.col_value = start.tolist()
        highs.setSolution(known)
    best = Solved("unknown", start, -np.inf, 0)

    def better(event: Any) -> None:
        nonlocal best
        out = event.data_out
        x = best.x
        if event.callback_type == highspy.cb.HighsCallbackType.kCallbackMipImprovingSolution:
            x = np.array(out.mip_solution, dtype=np.float64)
        bound = max(best.bound, float(out.mip_dual_bound))
        if x is not best.x or bound > best.bound:
            best = Solved("unknown" if x is None else "feasible", x, bound, int(out.mip_node_count))
            tell(best)

    highs.cbMipImprovingSolution.subscribe(better)
    highs.cbMipLogging.subscribe(better)
    highs.run()
    tell(_outcome(highspy, highs, best))


def _model(highspy: Any, program: Program) -> Any:
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(program.cost), program.rows.shape[0]
    model.col_cost_, model.col_lower_, model.col_upper_ = program.cost, program.low, program.high
    model.row_lower_, model.row_upper_ = program.row_low, program.row_high
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    model.integrality_ = [kinds[int(whole)] for whole in program.whole]
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = program.rows.indptr
    model.a_matrix_.index_ = program.rows.indices
    model.a_matrix_.value_ = program.rows.data
    return model


def _outcome(highspy: Any, highs: Any, best: Solved) -> Solved:
    info, status = highs.getInfo(), highs.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Solved("infeasible", None, np.inf, int(info.mip_node_count))
    mixed = info.mip_node_count >= 0
    proved = status == highspy.HighsModelStatus.kOptimal
    x = best.x
    if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        x = np.array(highs.getSolution().col_value, dtype=np.float64)
    bound = float(info.mip_dual_bound) if mixed else float(info.objective_function_value)
    if not proved:
        bound = max(best.bound, bound if mixed else -np.inf)
    state: State = "optimal" if proved else "unknown" if x is None else "feasible"
    return Solved(state, x, bound, max(0, int(info.mip_node_count)))


def _read(size: int) -> bytes:  # pragma: no cover - runs in the child
    """So many bytes of the input; ends the child where the parent is gone before that."""
    received = bytearray()
    while len(received) < size:
        part = os.read(0, min(size - len(received), 1 << 20))
        if not part:
            os._exit(1)
        received += part
    return bytes(received)


def _end_with_input() -> None:  # pragma: no cover - runs in the child
    """Wait for the end of the input, which comes when the parent is gone, and end at once."""
    while os.read(0, 1):
        pass
    os._exit(1)


def _child() -> None:  # pragma: no cover - runs in the child
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever a library prints is no message
    from scipy import sparse

    # Unbuffered: a thread that waits in a buffered stream would hold its lock when the interpreter ends.
    size = int.from_bytes(_read(8), "little")
    message = _read(size)
    threading.Thread(target=_end_with_input, daemon=True).start()
    with np.load(io.BytesIO(message)) as file:
        shape = (len(file["row_low"]), len(file["cost"]))
        rows = sparse.csr_array((file["data"], file["indices"], file["indptr"]), shape=shape)
        program = Program(
            file["cost"],
            file["low"],
            file["high"],
            file["whole"],
            rows,
            file["row_low"],
            file["row_high"],
        )
        start = file["start"] if len(file["start"]) else None
        seconds, apart = float(file["seconds"]), float(file["apart"])
    _run(program, seconds, start, apart, lambda solved: _send(out, solved))


if __name__ == "__main__":  # pragma: no cover
    _child()
