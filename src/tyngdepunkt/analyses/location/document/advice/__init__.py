"""Questions five and six: what is recommended, what pulls apart, and what it takes."""
