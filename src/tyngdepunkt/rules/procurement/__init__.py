"""Procurement: the legal basis of each question asked of a notice, national rules, thresholds and time limits.

All of it is data with dates and sources; `analyses/procurement` reads and evaluates it.
"""
