"""What Prometheus reads: how the service itself does. Counts and times only; nothing of the business, nobody's name."""

import shutil
from collections.abc import Iterator

from django.conf import settings
from django.db import connection
from django_tasks_db.models import DBTaskResult
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from ronghe import VERSION
from ronghe.accounts.models import Backoff, Session
from ronghe.audit.models import Verification
from ronghe.common.calendar import now
from ronghe.common.ticks import ticks
from ronghe.notices.models import Delivery
from ronghe.operations.models import TickRun
from ronghe.operations.watch import list_chains, list_ticks


class ServiceCollector(Collector):
    """Read everything when asked: about ten queries, whatever the number of rows."""

    def collect(self) -> Iterator[Metric]:
        yield InfoMetricFamily("ronghe", "version and database", value={"version": VERSION, "database": connection.vendor})
        yield from self.collect_work()
        yield from self.collect_audit()
        yield one("ronghe_sessions", "sessions that have not run out", Session.objects.filter(expire_date__gt=now()).count())
        yield one("ronghe_login_names_waiting", "login names that wait after failures", Backoff.objects.filter(until__gt=now()).count())
        yield one("ronghe_disk_free_bytes", "free space where the data lie", shutil.disk_usage(settings.DATA_DIR).free)

    def collect_work(self) -> Iterator[Metric]:
        jobs = GaugeMetricFamily("ronghe_jobs", "jobs in the queue", labels=["state"])
        jobs.add_metric(["ready"], DBTaskResult.objects.ready().count())
        jobs.add_metric(["failed"], DBTaskResult.objects.failed().count())
        yield jobs
        mail = GaugeMetricFamily("ronghe_deliveries", "mails and robots' messages", labels=["state"])
        for state in (Delivery.State.QUEUED, Delivery.State.FAILED):
            mail.add_metric([state.value], Delivery.objects.filter(state=state).count())
        yield mail
        ages = GaugeMetricFamily("ronghe_tick_age_seconds", "since a daily task last ended well (-1: never)", labels=["tick"])
        lines = {name: line for (name, _tick), line in zip(ticks.items(), list_ticks(), strict=True)}
        for name, line in lines.items():
            ages.add_metric([name], (now() - line.last_good).total_seconds() if line.last_good else -1)
        yield ages
        yield one("ronghe_ticks_failed", "daily tasks whose last run failed", sum(line.failed for line in lines.values()))
        yield one("ronghe_ticks_running", "daily tasks that run now", TickRun.objects.filter(ended_at=None).count())

    def collect_audit(self) -> Iterator[Metric]:
        chains = list_chains()
        yield one("ronghe_audit_entries", "entries of all chains", sum(chain.length for chain in chains))
        yield one("ronghe_audit_chains_behind", "chains whose checkpoint is not written yet", sum(chain.is_behind for chain in chains))
        last = Verification.objects.first()
        yield one("ronghe_audit_faults", "faults that the last verification found (-1: never verified)", len(last.faults) if last else -1)


def one(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, text, value=value)
