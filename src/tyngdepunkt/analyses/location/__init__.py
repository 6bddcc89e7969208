"""Where a new or moved state unit should lie: the case, its assessment, and what can be said of it.

| module | what it is for |
|---|---|
| `case`, `input/` | the case and how a file becomes one |
| `candidates` | which alternatives there are, and who can be compared |
| `measure`, `score`, `weigh` | figures, scores, ranking and how firmly it stands |
| `draft`, `results`, `cumulative` | what has been computed, per alternative and per place |
| `judge` | the case before the rules |
| `explain`, `texts.yaml` | sentences from figures |
| `compose`, `result` | the whole answer |
| `as_json`, `fingerprint` | the answer for machines; the memory of weights shown |
"""
