"""The product's own application with its clock held: the demo world's day, so that pages and pictures stay the same.

Sessions and lock-outs keep the real clock: they ask Django's, not the calendar's.
"""

from collections.abc import Iterable
from typing import Any

from ronghe.common.calendar import at_time
from ronghe.site.wsgi import application as product
from tests.browser.world import MOMENT


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    with at_time(MOMENT):
        return product(environ, start_response)
