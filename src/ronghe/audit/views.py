"""The 审计管理员's list."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from ronghe.audit.permissions import is_audit_admin
from ronghe.audit.queries import format_time, list_entries, name_label
from ronghe.common.access import access
from ronghe.common.pages import paginate


class EntryFilter(forms.Form):
    actor = forms.CharField(label=_("办理人"), required=False, max_length=30)
    verb = forms.CharField(label=_("动作"), required=False, max_length=30)
    first = forms.DateField(label=_("自"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label=_("至"), required=False, widget=forms.DateInput(attrs={"type": "date"}))


@access(is_audit_admin)
def list_audit(request: HttpRequest) -> HttpResponse:
    """Show who did what when to which object; never business values."""
    form = EntryFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = paginate(request, list_entries(**chosen))
    labels = {label: name_label(label) for label in {entry.label for entry in page.object_list}}
    lines = [
        (format_time(entry.at), entry.actor_name, entry.verb, labels[entry.label], entry.object_name, f"{entry.chain.code} #{entry.number}")
        for entry in page.object_list
    ]

    return render(request, "audit/list.html", {"form": form, "page": page, "lines": lines})
