"""Reads over letters: the list, one letter's text, who should have signed."""
