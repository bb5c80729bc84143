"""Moderating replies by programs: what the desk shows and does, by the same functions, for who gives a token."""
