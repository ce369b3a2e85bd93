"""Every write of 分工: one verb, one function, in the module of its noun."""
