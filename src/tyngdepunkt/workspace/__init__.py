"""What people keep: one engine for each database, sessions, drafts with their versions, and copies.

| module | what it is for |
|---|---|
| `engine` | the one engine of a database in this process, and how SQLite is spoken to |
| `database` | sessions: one transaction, all of it or nothing |
| `drafts` | cases while people work on them, one version after another |
"""
