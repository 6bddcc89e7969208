"""Everything that people bring is read here, once: located YAML first, then numbers, dates and tables."""
