"""Benchmarks: ratios of interleaved runs, never timed assertions."""
