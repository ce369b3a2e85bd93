"""Deleting what has run out. Nothing here is a business row."""

from datetime import timedelta

from django_tasks_db.models import DBTaskResult

from ronghe.accounts.actions import forget_old_failures
from ronghe.accounts.models import Session
from ronghe.accounts.shared import forget_shared
from ronghe.common.calendar import now
from ronghe.common.models import Submission
from ronghe.operations.tokens import forget_answers

KEPT = timedelta(days=30)


def tidy() -> str:
    """Delete ended sessions, waits that are over, keys of forms and results of jobs that are a month old."""
    sessions = Session.objects.filter(expire_date__lt=now()).delete()[0]
    waits = forget_old_failures() + forget_shared()
    keys = Submission.objects.filter(at__lt=now() - KEPT).delete()[0] + forget_answers()
    jobs = DBTaskResult.objects.finished().filter(finished_at__lt=now() - KEPT).delete()[0]
    return f"会话 {sessions}、等待 {waits}、表单 {keys}、作业 {jobs}"
