"""三员 above the areas, and rows that are over their term."""

from datetime import timedelta

from ronghe.common.calendar import now
from ronghe.common.models import Export, Submission
from ronghe.notices.models import Notice
from tests.people import make_person
from tests.stage import staged


@staged
def administrators(world):
    """Return (系统管理员, 安全管理员, 审计管理员) posted at the plant, above the areas."""
    return [
        make_person(world, name, login, world.plant, (kind, world.plant))
        for name, login, kind in (
            ("厂系统管理员", "changxitong", "system_admin"),
            ("厂安全管理员", "changanquan", "security_admin"),
            ("厂审计管理员", "changshenji", "audit_admin"),
        )
    ]


def old_forms(count, days=40):
    Submission.objects.bulk_create(Submission(key=f"old{n}-{days}", user_id=1, location="") for n in range(count))
    Submission.objects.filter(key__endswith=f"-{days}").update(at=now() - timedelta(days=days))


def old_notice(person, days):
    row = Notice.objects.create(
        person=person, area_id=person.area_id, kind="催报", title="张三的旧事", path="/", read_at=now() - timedelta(days=days)
    )
    Notice.objects.filter(pk=row.pk).update(at=now() - timedelta(days=days))
    return row


def old_export(days):
    row = Export.objects.create(user_id=1, user_name="何静", what="旧导出", mark="内部", rows=1)
    Export.objects.filter(pk=row.pk).update(at=now() - timedelta(days=days))
    return row
