"""Domain rules: pure values in, values out."""
