"""Who may read the handbook and the targets, and who keeps them."""

from ronghe.org.permissions import is_in_area, is_indicator_admin, is_upper_committee

may_read_goals = is_in_area
# definitions, no figures: the committee above reads them beside the published ranking
may_read_handbook = is_in_area | is_upper_committee
may_keep_indicators = is_indicator_admin
may_set_targets = is_indicator_admin
