"""Digest, signature and seal behind one interface, in two sets: the usual one and 国密 (SM2, SM3, SM4).

`suites` is pure and knows both; `current` is the set that RONGHE_CRYPTO names, with this deployment's keys. Every value says by its
tag under which set it was made, so that all of them are read whichever set is in force. What goes through here: docs/compliance.md.
"""
