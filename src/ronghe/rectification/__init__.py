"""整改: a problem found, its cure, its proof, and the second person who closes it (M23, P1)."""
