"""How a case file becomes a `LocationCase`: shape, meaning, weights, schema, and the asking."""
