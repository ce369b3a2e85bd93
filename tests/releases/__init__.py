"""The demo world of each release, as it was: what the migrations of today must carry forward. How to add one: pack.py."""
