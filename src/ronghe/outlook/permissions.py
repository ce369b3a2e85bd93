"""Who reads and who renews 进度与预测."""

from ronghe.figures.models import READERS
from ronghe.org.kinds import LEADERS
from ronghe.org.permissions import holder_of

may_read_outlook = holder_of(*READERS, "reporter", "station_chief", "group_leader", name="may_read_outlook")
may_refresh = holder_of(*LEADERS, "indicator_admin", name="may_refresh")
