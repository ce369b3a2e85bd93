"""`ronghe add-stability`: measure how firm the places of runs in force are, where that is not known yet."""  # noqa: N999

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand

from ronghe.assessment.actions import add_stability
from ronghe.assessment.models import Run


class Command(BaseCommand):
    help = "为此前的考核结果补算排名稳健性;结果本身不变,可以重复运行。"

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for run in Run.objects.in_force().light().filter(stability=[]).order_by("period"):
            try:
                add_stability(run)
            except ValidationError as problem:
                self.stderr.write(" ".join(problem.messages))
            else:
                count += 1
        self.stdout.write(f"已补算 {count} 次计分的排名稳健性")
