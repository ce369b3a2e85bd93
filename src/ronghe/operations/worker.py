"""`ronghe worker`: queued jobs, deliveries, checkpoints and the daily tick, in one loop that a SIGTERM ends between two steps."""

import logging
import signal
import threading
from collections.abc import Callable
from typing import Any

from django.db import close_old_connections, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker as JobRunner
from django_tasks_db.models import DBTaskResult

from ronghe.audit.actions import catch_up_checkpoints
from ronghe.notices.actions import deliver_due
from ronghe.operations.actions import run_due_ticks
from ronghe.webhooks.actions import deliver_due as tell_systems

logger = logging.getLogger(__name__)

JOB_SECONDS = 2.0
CHORE_PASSES = 30  # chores once a minute


class Worker:
    """The loop. `stop()` lets the step that is running end, and no other begin."""

    def __init__(self) -> None:
        self.stopped = threading.Event()
        self.jobs = JobRunner(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )

    def listen(self) -> None:
        """Let SIGTERM and Ctrl+C end the loop."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)

    def stop(self, *_signal: Any) -> None:
        self.jobs.running = False  # it leaves after the job that it is at
        self.stopped.set()

    def run_once(self) -> None:
        """Run everything that is due now."""
        self.run_jobs()
        self.run_chores()

    def run_forever(self) -> None:
        passes = 0
        while not self.stopped.is_set():
            self.run_jobs()
            self._guard(tell_systems)
            if passes % CHORE_PASSES == 0:
                self.run_chores()
            passes += 1
            self.stopped.wait(JOB_SECONDS)

    def run_jobs(self) -> None:
        self._guard(self._run_queued_jobs)

    def _run_queued_jobs(self) -> None:
        # looked for first: the runner takes the write lock even to find an empty queue
        if DBTaskResult.objects.ready().exists():
            self.jobs.run()

    def run_chores(self) -> None:
        for chore in (run_due_ticks, deliver_due, tell_systems, catch_up_checkpoints):
            if not self.stopped.is_set():
                self._guard(chore)

    def _guard(self, step: Callable[[], Any]) -> None:
        """Run a step; a database that is away for a moment must not end the worker."""
        try:
            step()
        except Exception:
            logger.exception("工作进程的一步失败,稍后再试:%s", getattr(step, "__name__", step))
        finally:
            if not connection.in_atomic_block:  # as in a test
                close_old_connections()
