"""Pure mathematics: arrays in, arrays out.

No files, no policy, no language. Every method can be tested on a published example, and
every docstring names the paper it follows. One page per method lies in `docs/methods/`.

| module | question it answers |
|---|---|
| `value` | how good is a figure, from 0 to 1? |
| `weights` | which weights are allowed, and what is their centre? |
| `additive` | what is each alternative worth, and through which criteria? |
| `dominance` | who is at least as good in everything? |
| `acceptability` | how often does each alternative take each rank under all allowed weights? |
| `flip` | how little must the weights change before another alternative draws level? |
| `uncertainty` | does the uncertainty of the figures change the ranking? |
| `outranking` | does a second family of methods say the same? |
| `concordance` | do two considerations pull together or apart? |
| `diversity` | how broad is a set of jobs, and how much broader does it become? |
| `moving` | what does a move cost and save, where parts are not known, and whom does it bring within reach? |
| `labour_markets` | which regions do places form by who commutes where? |
"""
