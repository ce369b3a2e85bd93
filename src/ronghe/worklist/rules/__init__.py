"""Rules of the worklist, pure: when something recurs, what is made late, what a list costs in minutes."""
