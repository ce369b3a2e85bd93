"""The scoring kernel: figures and a scheme in, marks, totals, places and gaps out.

It imports neither Django nor any other package of ronghe. The rules are those of the scoring contract
(SCORING.md); each module's docstring names the section that it implements.
"""
