"""Reading month-figure sheets as stations really send them, and writing the sheets that they fill in.

Plain data in, plain data out; no Django. `read_sheet` parses in a child process with limits. The writers are in
`template` and `marked`: the child, which imports this package, has no use for them.
"""

from ronghe.figures.reading.request import Field, Indicator, Kind, Request, Unit
from ronghe.figures.reading.result import Blank, Cell, Ignored, Problem, Reading, Recognised
from ronghe.figures.reading.sandbox import read_sheet

__all__ = [
    "Blank",
    "Cell",
    "Field",
    "Ignored",
    "Indicator",
    "Kind",
    "Problem",
    "Reading",
    "Recognised",
    "Request",
    "Unit",
    "read_sheet",
]
