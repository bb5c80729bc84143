"""Incidents in the shapes that researchers' tools read: a module a format, columns as data.

Every format is a lossy view of the ledger; what it keeps and loses stands in its table's `about` and in each column's.
"""
