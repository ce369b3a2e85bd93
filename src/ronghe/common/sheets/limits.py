"""Every limit of the sheet reader in one place, so that messages and checks name the same numbers."""

from typing import Final

MAX_BYTES: Final = 10 * 1024 * 1024
MAX_ROWS: Final = 10_000
MAX_COLUMNS: Final = 200
MAX_CELLS: Final = 100_000
MAX_SHEETS: Final = 30

# Parts of a zip: an ordinary workbook has some twenty entries and compresses 5 to 40 times.
MAX_ENTRIES: Final = 1_000
MAX_UNPACKED: Final = 64 * 1024 * 1024
MAX_RATIO: Final = 250
RATIO_FROM: Final = 1024 * 1024

MAX_ELEMENTS: Final = 3_000_000
MAX_DEPTH: Final = 64
MAX_STRINGS: Final = 100_000
MAX_STRING_CHARACTERS: Final = 8_000_000
MAX_STYLES: Final = 65_000
MAX_MERGES: Final = 5_000
MAX_MERGE_AREA: Final = 100_000
MAX_MERGE_FILL: Final = 200_000
MAX_CELL_TEXT: Final = 2_000

# A header is looked for in these rows only.
HEADER_ROWS: Final = 60
MAX_PROBLEMS: Final = 500

DIGITS_BEFORE: Final = 12
DIGITS_AFTER: Final = 6

CHILD_MEMORY: Final = 512 * 1024 * 1024
CHILD_CPU_SECONDS: Final = 9
CHILD_WALL_SECONDS: Final = 15
CHILD_ANSWER_BYTES: Final = 64 * 1024 * 1024
