"""The summary in words: one module for every statement, at most five of them on the page.

Words are chosen by sign and by what is known; numbers come marked from the page. Statements say
what goes together, never what caused what. What is not here: rules about single accounts, which
are models.
"""
