"""Pages of the organisation: the directory for everybody, and the administrators' pages."""
