"""Pages of 议事决策: the list of matters, one matter, its steps and moves, the versions of the list."""
