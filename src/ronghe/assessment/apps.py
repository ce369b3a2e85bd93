from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentConfig(AppConfig):
    name = "ronghe.assessment"
    label = "assessment"
    verbose_name = "考核"

    def ready(self) -> None:
        from ronghe.assessment.actions.objection_steps import follow_decision  # noqa: PLC0415
        from ronghe.assessment.events import EVENTS  # noqa: PLC0415
        from ronghe.assessment.facts import list_facts  # noqa: PLC0415
        from ronghe.assessment.gauges import GAUGES  # noqa: PLC0415
        from ronghe.assessment.holdings import LABEL, hand_over, list_held  # noqa: PLC0415
        from ronghe.assessment.matters import count_matters  # noqa: PLC0415
        from ronghe.assessment.papers import register as register_papers  # noqa: PLC0415
        from ronghe.assessment.parquet import list_kept  # noqa: PLC0415
        from ronghe.assessment.permissions import is_own_page, is_previewer, may_read_objections, may_read_ranking, may_read_scheme  # noqa: PLC0415
        from ronghe.assessment.queries.chases import search_chases  # noqa: PLC0415
        from ronghe.assessment.queries.objections import search_objections  # noqa: PLC0415
        from ronghe.assessment.queries.panels import build_panel, search_runs, search_schemes  # noqa: PLC0415
        from ronghe.assessment.ticks import escalate_late, finalise_due, store_due  # noqa: PLC0415
        from ronghe.common import registry  # noqa: PLC0415
        from ronghe.common.ticks import Tick, ticks  # noqa: PLC0415
        from ronghe.org.permissions import is_station_chief  # noqa: PLC0415

        line = registry.MenuItem
        registry.facts.add("assessment", list_facts)
        registry.menu.add(
            "ranking", line("考核", "晾晒排名", "assessment:ranking", icon="chart-bar", may=may_read_ranking, order=40, tab="排名")
        )
        registry.menu.add(
            "station",
            line(
                "考核", "我们的成绩", "assessment:own", icon="target-arrow", may=is_station_chief, order=41, tab="成绩", holds=is_own_page
            ),
        )
        registry.menu.add("benchmark", line("考核", "对标", "assessment:benchmark", icon="arrows-sort", may=may_read_ranking, order=40))
        registry.menu.add("chases", line("考核", "追标分析", "assessment:chases", icon="stairs-up", may=may_read_ranking, order=41))
        registry.menu.add("runs", line("考核", "计分与公示", "assessment:runs", icon="calculator", may=is_previewer, order=42))
        registry.menu.add("schemes", line("考核", "考核方案", "assessment:schemes", icon="clipboard-text", may=may_read_scheme, order=43))
        registry.menu.add(
            "objections", line("考核", "异议", "assessment:objections", icon="message-question", may=may_read_objections, order=44)
        )
        registry.panels.add("assessment", registry.Panel("assessment/panel.html", build_panel, 20))
        registry.searches.add("runs", search_runs)
        registry.searches.add("schemes", search_schemes)
        registry.links.add("assessment.run", lambda pk: f"/assessment/runs/{pk}/")
        registry.links.add("assessment.schemeversion", lambda pk: f"/assessment/schemes/{pk}/")
        registry.searches.add("objections", search_objections)
        registry.links.add("assessment.objection", lambda pk: f"/assessment/objections/{pk}/")
        registry.searches.add("chases", search_chases)
        registry.links.add("assessment.chase", lambda pk: f"/assessment/chase/plans/{pk}/")
        registry.links.add("assessment.mark", lambda pk: f"/assessment/marks/{pk}/")
        registry.followers.add("objections", follow_decision)
        registry.matters.add("assessment", count_matters)
        for name, gauge in GAUGES.items():
            registry.gauges.add(name, gauge)
        registry.holdings.add("assessment", registry.Holder(list_held, hand_over, (LABEL,)))
        ticks.add("finalise-runs", Tick("公示期满生效", finalise_due, hour=1, each_day=True))
        ticks.add("late-objections", Tick("异议超期上报", escalate_late, hour=1))
        ticks.add("store-marks", Tick("早年得分转存", store_due, hour=2))
        registry.kept_files.add("assessment", list_kept)
        register_papers()
        for code, kind in EVENTS.items():
            registry.events.add(code, kind)
        registry.lists.add(
            "assessment:ranking",
            registry.ListPage(
                _("考核排名"),
                (
                    registry.Column("leader", _("党小组长"), 3, ("党小组长",)),
                    registry.Column(
                        "change",
                        _("较上月"),
                        5,
                        (
                            "较上月",
                            "名次变化",
                        ),
                    ),
                    registry.Column("grade", _("等级"), 6, ("等级",)),
                    registry.Column("party", _("党建"), 7, ("党建得分",)),
                    registry.Column("business", _("业务"), 8, ("业务得分",)),
                    registry.Column("year", _("近12个月"), -1),
                ),
            ),
        )
        registry.lists.add("assessment:objections", registry.ListPage(_("异议")))
        registry.lists.add("assessment:runs", registry.ListPage(_("计分")))
