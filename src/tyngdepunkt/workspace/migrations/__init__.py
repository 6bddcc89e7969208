"""How a database of an older version becomes one of this: one file in `versions` for each step.

A step is written with Alembic and stands on its own: it names the columns as they were then, not as
`tables.py` has them now. It is run in one transaction with those before it, so that a database is of one
version or another and never between. To add one: change `tables.py`, write the file, and add its number
to `KNOWN` in `version.py`.
"""
