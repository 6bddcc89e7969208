"""Statistical disclosure control of linked frequency tables by cell suppression: arrays in, arrays out.

| module | question it answers |
|---|---|
| `structure` | which sums of inner cells do several tables of the same records publish? |
| `combine` | which combinations of codes are possible, as far as published zeros tell? |
| `audit` | how much can an attacker work out about each hidden cell? |
| `suppress` | which cells must be hidden so that no hidden cell can be worked out? |
| `fewest` | which are the fewest, in small tables? |
| `search`, `moves` | its state, and the linear programs that look for other lists with the same tables |
"""
