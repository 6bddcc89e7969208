"""Read models: plain frozen dataclasses that pages, JSON and CSV all show."""
