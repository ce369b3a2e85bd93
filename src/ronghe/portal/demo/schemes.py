"""Next year's scheme: written by the 指标管理员 in the last days, handed in, waiting for its second person."""

from datetime import timedelta

from ronghe.assessment.actions.drafts import save_draft, start_draft, submit_draft
from ronghe.assessment.queries.schemes import find_scheme
from ronghe.assessment.tables import Tables
from ronghe.portal.demo.diary import Story
from ronghe.portal.demo.load import Loaded, moment_of
from ronghe.portal.demo.months import name_period

# what next year is to judge otherwise: the sum of each track stays 100
FULLS = {"oil": "14", "unit_cost": "5", "utilisation": "3", "failed_wells": "3", "pump_cycle": "2"}
LIFE = [("60", "0"), ("80", "0.5"), ("100", "1")]


def write_next_year(loaded: Loaded, area: str) -> Story:
    """Copy the scheme in force, weigh output and cost more, ask more of 组织生活, and hand it in."""
    today = loaded.world.today
    day = today - timedelta(days=3)
    yield moment_of(day, 10)
    unit, author = loaded.units[area], loaded.holder("indicator_admin", area, day)
    current = find_scheme(unit.pk, name_period(today))
    if current is None:
        return
    year = today.year + 1
    draft = start_draft(unit, by=author, source=current)

    def rename(tables: Tables) -> None:
        tables.scheme["name"] = f"{tables.scheme['name']}({year}年)"
        tables.grades[0]["min"] = "93"

    def weigh(tables: Tables) -> None:
        for row in tables.indicators:
            row["full"] = FULLS.get(row["code"], row.get("full", ""))

    def ask_more(tables: Tables) -> None:
        place = tables.find("org_life")
        if place is not None:
            tables.indicators[place]["pairs"] = LIFE

    save_draft(draft, rename, by=author, note="方案、总分与等级")
    save_draft(draft, weigh, by=author, note="分值与次序")
    yield moment_of(day, 11)
    save_draft(draft, ask_more, by=author, note="指标 组织生活按期完成率")
    yield moment_of(today - timedelta(days=1), 9)
    submit_draft(draft, by=author)
