"""What every context needs and none owns: actions, access, registries, time."""
