"""JSON over the same read models as the pages; each module exports `handlers`."""
