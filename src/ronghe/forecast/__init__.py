"""进度与预测 (M2): what a year will come to, by the method that has been right on this series. No Django.

`from ronghe.forecast.series import forecast_series`; the command is `ronghe forecast` (`ronghe.forecast.cli`).
"""
