"""`python -m bench` runs every benchmark; `python -m bench web` only the named ones."""

import importlib
import sys

BENCHES = ("web", "load", "scoring", "marks_files", "forecast", "audit_verify", "goal_tree", "month_tasks")

for name in sys.argv[1:] or BENCHES:
    importlib.import_module(f"bench.{name}").main()
