"""Pages of 驻站带班."""
