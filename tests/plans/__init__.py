"""What the engine makes of the models' SQL: no join that tries pair by pair, no endless window.

A whole history multiplies whatever is tried in pairs: what takes a second on half a year never ends
on thirteen.
"""
