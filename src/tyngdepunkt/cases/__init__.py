"""The questions people bring, one package each: read, assessed, explained, and never laid out.

| package | the question |
|---|---|
| `location` | where should a new or moved state unit lie? |
| `ledger` | what have all decisions together done to the state jobs of a place? |
| `ranking` | the method without the domain: any table of alternatives and criteria |

`reading` is the narrow, safe YAML reader they share.
"""
