"""Who reads what here, and where what is followed comes from."""

from django.utils.translation import gettext_lazy as _

from ronghe.org.kinds import LEADERS

# posts whose holders read all of the area's supervision; posts whose holders read that of their unit
READERS = (*LEADERS, "discipline_member", "indicator_admin", "reviewer")
UNIT_READERS = ("station_chief", "group_leader")
CHIEFS = ("station_chief", "group_leader")

BOARD_SOURCES = {
    "manual": _("领导交办"),
    "finding": _("监督发现"),
    "meeting": _("会议决议"),
    "decision": _("议事决策"),
    "goal": _("目标任务"),
    "alert": _("预警"),
    "other": _("其他"),
}
# what an origin is called where the form doesn't say it: by the start of its label
SOURCE_OF_ORIGIN = {"meetings": "meeting", "decisions": "decision", "goals": "goal", "supervision": "finding", "assessment": "finding"}
