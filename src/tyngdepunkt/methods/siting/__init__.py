"""Where to put p houses: exact siting models, each answer with the bound that says how good it is."""
