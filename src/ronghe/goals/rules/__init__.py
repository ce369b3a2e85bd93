"""Domain rules of goals: pure values in, values out."""

from ronghe.goals.rules.numbers import BLANKS, CODE, MONTH, SCALES, is_code, is_month, print_number, read_number, split_names

__all__ = ["BLANKS", "CODE", "MONTH", "SCALES", "is_code", "is_month", "print_number", "read_number", "split_names"]
