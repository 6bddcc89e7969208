"""Labour-market regions from commuting: arrays in, arrays out.

| module | question it answers |
|---|---|
| `flows` | how many commute between each pair of places? |
| `validity` | is an area large and self-contained enough? |
| `european` | which areas does the European method (Coombes and Bond) give? |
| `partition`, `pieces` | its state while places move one by one |
| `centre_rules` | which regions gather around centres by commuting and travel time? |
| `modularity` | which groups commute more among themselves than chance would have it? |
| `contiguity` | are the regions in one piece, and who joins whom when they are not? |
| `stability` | does a place stay in its region when the flows are drawn again? |
| `summary` | how large and how self-contained is each region? |
"""
