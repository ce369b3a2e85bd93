"""Who reads the 底数: those who lead or watch the area, a station chief their own station's, the committee above the counts."""

from ronghe.org.permissions import holder_of, is_upper_committee
from ronghe.portal.matters import READERS, UNIT_READERS

may_read_area_matters = holder_of(*READERS, *UNIT_READERS, name="may_read_area_matters")
may_read_matters = may_read_area_matters | is_upper_committee
# the screen of a whole area: those who read all of it, and the committee above
may_see_cockpit = holder_of(*READERS, name="may_see_cockpit") | is_upper_committee
