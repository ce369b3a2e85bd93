"""融合 (ronghe): the year of a grassroots oilfield unit as one closed loop."""

VERSION = "0.1.0"
