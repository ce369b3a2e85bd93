"""How firm the places of a run are, for runs made before that was measured."""

from django.utils.translation import gettext as _

from ronghe.assessment import kernel
from ronghe.assessment.models import Run
from ronghe.audit.actions import record
from ronghe.common.actions import Refused, action


@action
def add_stability(run: Run) -> None:
    """Measure a run from its kept inputs; its results stay as they are. Raises Refused where they would come out otherwise."""
    run = Run.objects.select_related("scheme").select_for_update(of=("self",)).get(pk=run.pk)
    computed = kernel.compute(run.scheme, kernel.unpack(run.inputs))
    if computed.digest != run.results_digest:
        raise Refused(_("%(run)s按保存的输入重算,结果摘要不同,没有补算排名稳健性。") % {"run": run})
    run.stability = computed.stability
    run.save(update_fields=["stability"])
    record(by=None, verb="补算排名稳健性", obj=run, area_id=run.area_id)
