"""The receiver of docs/examples, loaded as a module."""

import importlib.util
from pathlib import Path

PATH = Path(__file__).resolve().parents[2] / "docs/examples/interface/receiver.py"
spec = importlib.util.spec_from_file_location("receiver_example", PATH)
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
is_genuine = module.is_genuine
