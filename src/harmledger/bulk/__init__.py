"""Archives at scale: years of news into tables of claims, on one machine or many.

inputs ─▶ records ─▶ glance (bytes) ─▶ what passes, as `pipeline` reads it ─▶ part files, one set for each input ─▶ link
"""
