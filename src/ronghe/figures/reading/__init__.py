"""Reading month-figure sheets as stations really send them, and writing the sheets that they fill in.

Plain data in, plain data out; no Django. `read_sheet` parses in a child process with limits. The writer is in
`template`: the child, which imports this package, has no use for it. Files to plain cells: `common/sheets`.
"""

from ronghe.figures.reading.apart import read_sheet
from ronghe.figures.reading.request import Field, Indicator, Kind, Request, Unit
from ronghe.figures.reading.result import Blank, Cell, Ignored, Problem, Reading, Recognised

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
