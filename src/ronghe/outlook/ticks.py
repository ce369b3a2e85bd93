"""What 进度与预测 wants done once a day."""

from datetime import date


def refresh_all(day: date) -> str:
    """Compute every area again; says how many rows changed."""
    from ronghe.outlook.actions import refresh_all as refresh  # noqa: PLC0415  (the worker loads it, not each page)

    return f"进度与预测更新 {refresh(day)} 行"
