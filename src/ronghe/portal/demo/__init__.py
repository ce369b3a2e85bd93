"""The demo world as pure data: no Django here, nothing random that a second call would not repeat.

`world.build_world(today)` gives the organisations, people and posts, `series.build_series(world, today)` the targets
and two years of figures. Everything is fictional and relative to `today`.
"""
