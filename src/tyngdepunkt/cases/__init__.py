"""The questions people bring: a location case, the ledger of state jobs, the ranking of any table.

One package each. A case knows sentences and no layout; what reads files for all of them is in `reading`.
"""
