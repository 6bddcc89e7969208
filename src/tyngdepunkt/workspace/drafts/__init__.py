"""Drafts of location cases: kept while people work on them, one version after another.

| module | what it is for |
|---|---|
| `tables` | the tables of the transactional database |
| `store` | `Drafts`, the only way in: create, save, list, copy, delete, restore |
| `shares` | `Shares`: addresses under which one version can be read |
| `merge` | what a save does when somebody else has saved meanwhile |
"""

from __future__ import annotations

from tyngdepunkt.workspace.drafts.merge import Conflict, merged, value_at, with_value
from tyngdepunkt.workspace.drafts.store import Draft, Drafts, Version

__all__ = ["Conflict", "Draft", "Drafts", "Version", "merged", "value_at", "with_value"]
