"""What people keep: one engine for each database, its sessions, its versions, and its copies.

| module | what it is for |
|---|---|
| `engine` | the one engine of a database in this process, and how SQLite is spoken to |
"""
