"""One module per family of pages; each exports `handlers`."""
