"""The questions people bring, one folder each: location, state jobs, ranking, labour-market regions."""
