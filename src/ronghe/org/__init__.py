"""组织: units, party organisations, people, posts with their dates."""
