"""The one way in for what people write: numbers, ranges, shares, dates, yes and no, occupations.

A value is read here once, whoever asks (terminal, form, file, table, API), so that the same text means
the same everywhere. What cannot be read for certain is a fault with both readings, never a guess. Beside
each reader stands a writer whose text reads back as the same value.

Readers raise `UserError` with faults of this room and without a place; the caller says where it stood
(`UserError.at`).
"""
