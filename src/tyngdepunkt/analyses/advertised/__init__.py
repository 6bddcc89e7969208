"""How many advertised posts have a free place of work or several, and how far the rules can be trusted."""
