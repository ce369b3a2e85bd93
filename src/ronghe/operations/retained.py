"""Which of the technical records run out: none is a business row (common.retention)."""

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from ronghe.accounts.models import Backoff, Session, Shared, User
from ronghe.common.models import Export, Submission
from ronghe.common.retention import Cut, Kind, Span, kinds, rows_kind, span_of
from ronghe.notices.models import Delivery, Notice
from ronghe.operations.models import ApiAnswer, TickRun
from ronghe.org.models import Person

HALF_A_YEAR = 183  # 网络安全法第二十一条: logs at least six months


def look_at_waits(cut: Cut) -> Span:
    waits, shared = span_of(Backoff.objects.filter(at__lt=cut.before), "at"), span_of(Shared.objects.filter(until__lt=cut.before), "until")
    days = [day for day in (waits.first, shared.first, waits.last, shared.last) if day]
    return Span(waits.count + shared.count, min(days, default=None), max(days, default=None))


def take_waits(cut: Cut, limit: int) -> int:
    taken = 0
    for rows in (Backoff.objects.filter(at__lt=cut.before), Shared.objects.filter(until__lt=cut.before)):
        pks = list(rows.order_by("pk").values_list("pk", flat=True)[: limit - taken])
        rows.model._default_manager.filter(pk__in=pks).delete()
        taken += len(pks)
    return taken


def list_gone(cut: Cut) -> QuerySet[Person]:
    """Return people who left before the cut and whose account still has an address or a second factor."""
    kept = Q(user__pk__in=Authenticator.objects.values("user_id")) | ~Q(user__email="")
    return Person.objects.filter(kept, left_on__lt=cut.before.date(), user__isnull=False).exclude(area_id__in=cut.spared)


def take_contacts(cut: Cut, limit: int) -> int:
    """Blank the address and drop the second factors; name and number stay, since records name who did what."""
    users = list(list_gone(cut).order_by("left_on", "pk").values_list("user_id", flat=True)[:limit])
    Authenticator.objects.filter(user_id__in=users).delete()
    User.objects.filter(pk__in=users).update(email="")
    return len(users)


def register() -> None:
    """Register the kinds; the terms stand in packs/retention.toml."""
    kinds.add(
        "sessions",
        rows_kind(
            _("登录会话"), _("已结束的会话:地址、设备、时间"), lambda cut: Session.objects.filter(expire_date__lt=cut.before), "expire_date"
        ),
    )
    kinds.add("waits", Kind(_("登录等待"), _("登录失败后的等待、用过的动态码"), "remove", look_at_waits, take_waits))
    kinds.add("forms", rows_kind(_("表单标识"), _("防重复提交的标识"), lambda cut: Submission.objects.filter(at__lt=cut.before), "at"))
    kinds.add("answers", rows_kind(_("接口答复"), _("接口重试时再给的答复"), lambda cut: ApiAnswer.objects.filter(at__lt=cut.before), "at"))
    kinds.add(
        "jobs",
        rows_kind(
            _("后台作业"),
            _("办完的作业及其结果"),
            lambda cut: DBTaskResult.objects.finished().filter(finished_at__lt=cut.before),
            "finished_at",
        ),
    )
    kinds.add(
        "ticks",
        rows_kind(
            _("每日任务记录"), _("哪天跑了、结果怎样"), lambda cut: TickRun.objects.filter(day__lt=cut.before.date()), "day",
            least_days=HALF_A_YEAR,
        ),
    )  # fmt: skip
    kinds.add(
        "exports",
        rows_kind(
            _("导出记录"), _("谁何时导出了什么(审计里另有一条,不清除)"), lambda cut: Export.objects.filter(at__lt=cut.before), "at",
            least_days=HALF_A_YEAR,
        ),
    )  # fmt: skip
    kinds.add(
        "deliveries",
        rows_kind(
            _("外发消息"), _("已发出或已失败的邮件、群消息正文"),
            lambda cut: Delivery.objects.filter(not_before__lt=cut.before).exclude(state=Delivery.State.QUEUED).exclude(area_id__in=cut.spared),
            "not_before", by_area=True,
        ),
    )  # fmt: skip
    kinds.add(
        "notices",
        rows_kind(
            _("站内消息"), _("已读的消息"),
            lambda cut: Notice.objects.filter(at__lt=cut.before, read_at__lt=cut.before).exclude(area_id__in=cut.spared), "at", by_area=True,
        ),
    )  # fmt: skip
    kinds.add(
        "contacts",
        Kind(
            _("离职人员的联系方式"), _("邮箱和第二因素;姓名、工号随业务记录保留"), "anonymise",
            lambda cut: span_of(list_gone(cut), "left_on"), take_contacts, by_area=True,
        ),
    )  # fmt: skip
