"""Drafts of location cases: kept while people work on them, one version after another.

| module | what it is for |
|---|---|
| `tables` | the tables of the transactional database |
| `store` | `Drafts`, the only way in: create, save, list, copy, delete, restore |
| `steps` | what a save does when somebody else has saved meanwhile |
| `weighing` | weights over scores that are computed once for each version |
"""

from __future__ import annotations

from tyngdepunkt.cases.drafts.merge import Conflict, merged, value_at, with_value
from tyngdepunkt.cases.drafts.store import Draft, Drafts, Version

__all__ = ["Conflict", "Draft", "Drafts", "Version", "merged", "value_at", "with_value"]
