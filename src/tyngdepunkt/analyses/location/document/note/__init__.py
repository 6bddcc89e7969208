"""The first two pages: what whoever decides reads; each figure in it stands further in too."""
