"""Pages of 分工: matrix, findings, handing over, plots, lists."""
