"""Which places are within reach."""

from tyngdepunkt.analyses.toy_reach.resolve import Asked
from tyngdepunkt.analyses.toy_reach.result import Reached, ReachResult

from tyngdepunkt.analyses.contract import Notice, Setting
from tyngdepunkt.texts import text


def run(asked: Asked, setting: Setting) -> ReachResult:
    """The places within reach, in the order asked for."""
    question = asked.question
    found = sorted((m, name) for name, m in asked.minutes.items() if m <= question.minutes)
    if question.order == "far":
        found.reverse()
    notices = [] if found else [Notice("none", text("analyses.toy_reach:none", setting.lang))]
    within = [Reached(name, float(minutes)) for minutes, name in found[: question.most]]
    return ReachResult(within, asked.made, notices)
