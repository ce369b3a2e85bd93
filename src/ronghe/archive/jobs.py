"""What the worker makes: a folder, a pack. A failure is kept on the row with its reason; nothing half-made is left."""

import logging
from typing import Any

from django.utils.translation import gettext as _
from django_tasks import task

from ronghe.archive.actions.bundles import begin, end
from ronghe.archive.build import TooMuch, build
from ronghe.archive.models import Bundle, Folder, Pack

logger = logging.getLogger(__name__)
MODELS: dict[str, Any] = {"folder": Folder, "pack": Pack}


@task()
def make_bundle(which: str, pk: int) -> str:
    """Make one; returns how it ended."""
    bundle: Bundle = MODELS[which].objects.select_related("area", "asked_by__person").get(pk=pk)
    if not begin(bundle):
        return bundle.state
    try:
        size, digest = build(bundle)
    except TooMuch as problem:
        end(bundle, problem=str(problem))
    except Exception as problem:
        logger.exception("归档或迎检包没有生成")
        end(bundle, problem=_("出错了(%(kind)s),请联系系统管理员。") % {"kind": type(problem).__name__})
    else:
        end(bundle, size=size, digest=digest)
    return bundle.state
