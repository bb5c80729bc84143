"""Trusted time, by itself: what is hashed into a root, what a token and a proof say, and whether they do.

In come bytes that anybody may have made; out go values, or an error that says what is wrong with them. Nobody is asked for anything here.
"""
