"""Labour-market regions from commuting: arrays in, arrays out.

| module | question it answers |
|---|---|
| `flows` | how many commute between each pair of places? |
| `validity` | is an area large and self-contained enough? |
| `european` | which areas does the European method (Coombes and Bond) give? |
"""
