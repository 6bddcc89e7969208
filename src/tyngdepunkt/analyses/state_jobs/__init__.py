"""The ledger: what happened to state jobs, where, when, and who said so. Only ever added to."""
