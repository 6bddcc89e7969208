"""The transactional database: its engine, and the drafts that people work on."""
