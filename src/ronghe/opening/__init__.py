"""开张与上手: a new unit's first steps read from what is there, tours by role, the guide's passage for each page."""
