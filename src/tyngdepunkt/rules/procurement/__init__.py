"""Procurement: legal bases, national rules, thresholds and time limits.

All of it is data with dates and sources; `analyses/procurement` reads and evaluates it.
"""
