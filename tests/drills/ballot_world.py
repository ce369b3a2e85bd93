"""Run in the drill's own environment: a round of the 班子 with open ballots and slips; prints codes and what a ballot holds as JSON."""

import json
import os
import sys

import django


def main(count):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ronghe.site.settings")
    django.setup()
    from ronghe.appraisal.actions import ballots, cycles, reports, templates
    from ronghe.appraisal.models import Template
    from ronghe.common.calendar import today
    from ronghe.org.models import Unit

    area = Unit.objects.get(code="a1")
    from ronghe.accounts.models import User

    boss = lambda: User.objects.get(username="lijianguo")  # noqa: E731
    templates.adopt_templates(area, by=boss())
    template = Template.objects.get(area=area, code="leader-year", valid_to=None)
    cycle = cycles.open_cycle(template, period=str(today().year), report_due=today(), by=boss())
    for report in cycle.reports.select_related("person__user", "cycle__template"):
        answers = {field["code"]: "见事实" for field in template.form}
        reports.present_report(report, answers, by=User.objects.get(pk=report.person.user_id))
    cycle = ballots.open_ballots(type(cycle).objects.get(pk=cycle.pk), due=today(), by=boss())
    group = next(one["code"] for one in template.judges if one["who"] == "delegates")
    codes = ballots.make_codes(type(cycle).objects.get(pk=cycle.pk), group, count, by=boss())
    facts = {"codes": codes, "reports": list(cycle.reports.values_list("pk", flat=True)), "items": len(template.items), "cycle": cycle.pk}
    print(json.dumps(facts))


if __name__ == "__main__":
    main(int(sys.argv[1]))
