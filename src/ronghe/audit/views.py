"""The 审计管理员's pages: the list without business values, its export, the state of the chains."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ronghe.audit.actions import keep_verification
from ronghe.audit.checkpoints import public_key_hex
from ronghe.audit.models import Entry, Verification
from ronghe.audit.permissions import is_audit_admin
from ronghe.audit.queries import format_time, list_chain_states, list_entries, list_labels, name_label
from ronghe.audit.verification import verify_all
from ronghe.common.access import access
from ronghe.common.calendar import now
from ronghe.common.exports import Sheet, hand_out
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate

MOST_EXPORTED = 50_000
HEADS = ("时间", "办理人", "动作", "对象类别", "对象", "链", "序号")


class EntryFilter(forms.Form):
    actor = forms.CharField(label=gettext_lazy("办理人"), required=False, max_length=30)
    verb = forms.CharField(label=gettext_lazy("动作"), required=False, max_length=30)
    label = forms.ChoiceField(label=gettext_lazy("对象类别"), required=False)
    name = forms.CharField(label=gettext_lazy("对象"), required=False, max_length=60)
    first = forms.DateField(label=gettext_lazy("自"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label=gettext_lazy("至"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["label"].choices = [("", _("全部")), *list_labels()]  # type: ignore[attr-defined]


def choose_entries(request: HttpRequest) -> tuple[EntryFilter, Any]:
    """Return the filter and what it chooses; a filter that makes no sense chooses everything and says so."""
    form = EntryFilter(request.GET)
    return form, list_entries(request.user, **(form.cleaned_data if form.is_valid() else {}))


@access(is_audit_admin)
def list_audit(request: HttpRequest) -> HttpResponse:
    """Show who did what when to which object; never business values."""
    form, rows = choose_entries(request)
    page = paginate(request, rows)
    labels = {label: name_label(label) for label in {entry.label for entry in page.object_list}}
    lines = [
        (format_time(entry.at), entry.actor_name, entry.verb, labels[entry.label], entry.object_name, f"{entry.chain.code} #{entry.number}")
        for entry in page.object_list
    ]
    return render(request, "audit/list.html", {"form": form, "page": page, "lines": lines, "query": request.GET.urlencode()})


@access(is_audit_admin)
def export_audit(request: HttpRequest) -> FileResponse:
    """Hand out just what the list shows, as xlsx; at most 50,000 entries, the newest first."""
    _form, rows = choose_entries(request)
    return hand_out(
        request.user, what="审计记录", sheets=[Sheet("审计记录", HEADS, list(map(export_row, rows[:MOST_EXPORTED])))], name="审计记录"
    )


def export_row(entry: Entry) -> tuple[Any, ...]:
    at = timezone.localtime(entry.at)
    return at, entry.actor_name, entry.verb, name_label(entry.label), entry.object_name, entry.chain.code, entry.number


@access(is_audit_admin)
def show_state(request: HttpRequest) -> HttpResponse:
    """Show how long each chain is, up to where checkpoints vouch for it, and what the last verifications found."""
    runs = [(format_time(row.ended_at), row.entries, row.faults) for row in Verification.objects.all()[:10]]
    context = {"chains": list_chain_states(), "runs": runs, "public_key": public_key_hex(), "once": new_key()}
    return render(request, "audit/state.html", context)


@require_POST
@access(is_audit_admin)
@submit_once
def verify(request: HttpRequest) -> HttpResponse:
    """Verify every chain now."""
    started = now()
    report = verify_all()
    keep_verification(started, report.entries, report.faults, by=request.user)
    if report.is_sound:
        messages.success(request, _("已核验 %(count)d 条记录,完好。") % {"count": report.entries})
    else:
        messages.error(request, _("发现 %(count)d 处问题,请看下表。") % {"count": len(report.faults)})
    return redirect("audit:state")
