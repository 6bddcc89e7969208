"""The room for pages and a JSON API over the same answers as the command line. It is still empty."""
