"""Pages of the first week."""
