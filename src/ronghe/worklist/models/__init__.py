"""What is due, the guides from which it comes month by month, and the keys of calendars."""

from ronghe.worklist.models.calendar import CalendarKey
from ronghe.worklist.models.guides import Guide, GuideItem, GuideItemQuerySet, GuideQuerySet
from ronghe.worklist.models.months import MonthRun
from ronghe.worklist.models.tasks import Task, TaskQuerySet

__all__ = ["CalendarKey", "Guide", "GuideItem", "GuideItemQuerySet", "GuideQuerySet", "MonthRun", "Task", "TaskQuerySet"]
