"""Official figures as their providers write them: one module per provider behind one small contract."""
