"""Which posts write letters, and which read all that went out."""

from ronghe.org.kinds import LEADERS

KEEPERS = ("branch_secretary", "area_manager", "deputy_party")
OVERSEERS = (*LEADERS, "discipline_member")
