"""How a case file becomes a `LocationCase`: shape, meaning, weights, schema, and the asking."""

ROOM = "analyses.location.input"
"""The texts of what is asked and found wrong here."""
