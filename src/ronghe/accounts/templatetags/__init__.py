"""Tags of the log-in page."""
