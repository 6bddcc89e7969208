"""Statistical disclosure control of linked frequency tables by cell suppression: arrays in, arrays out.

| module | question it answers |
|---|---|
| `structure` | which sums of inner cells do several tables of the same records publish? |
| `combine` | which combinations of codes are possible, as far as published zeros tell? |
"""
