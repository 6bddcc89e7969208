"""One small pure function per kind of rule: facts and rule in, finding out.

Importing this package registers every evaluator under the name the register uses.
"""

from tyngdepunkt.rules.evaluators import alternatives, effects, places, procedure, weighing
from tyngdepunkt.rules.evaluators.base import EVALUATORS, Evaluator, reason_given

__all__ = [
    "EVALUATORS",
    "Evaluator",
    "alternatives",
    "effects",
    "places",
    "procedure",
    "reason_given",
    "weighing",
]
