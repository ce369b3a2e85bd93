from django.urls import path

from ronghe.appraisal.views import ballots, cycles, outcomes, pay, reports, templates

app_name = "appraisal"
urlpatterns = [
    path("", cycles.list_all, name="list"),
    path("templates/", templates.list_templates, name="templates"),
    path("templates/adopt/", templates.adopt, name="adopt"),
    path("templates/<int:pk>/", templates.show, name="template"),
    path("templates/<int:pk>/revise/", templates.revise, name="template-revise"),
    path("templates/<int:pk>/open/", cycles.open_round, name="template-open"),
    path("cycles/<int:pk>/", cycles.show, name="cycle"),
    path("cycles/<int:pk>/end/", cycles.end, name="cycle-end"),
    path("cycles/<int:pk>/drop/", cycles.drop, name="cycle-drop"),
    path("cycles/<int:pk>/ballots/", cycles.start_ballots, name="cycle-ballots"),
    path("cycles/<int:pk>/codes/<slug:group>/", ballots.print_codes, name="codes"),
    path("cycles/<int:pk>/count/", cycles.count, name="cycle-count"),
    path("cycles/<int:pk>/counts/", outcomes.give_counts, name="counts"),
    path("cycles/<int:pk>/outcomes/", outcomes.show_all, name="cycle-outcomes"),
    path("cycles/<int:pk>/sign/", outcomes.sign, name="cycle-sign"),
    path("cycles/<int:pk>/publish/", outcomes.publish, name="cycle-publish"),
    path("cycles/<int:pk>/export/", outcomes.export, name="cycle-export"),
    path("pay/", pay.list_rules, name="pay"),
    path("templates/<int:pk>/pay/", pay.set_rule, name="template-pay"),
    path("cycles/<int:pk>/pay/", pay.try_rule, name="cycle-pay"),
    path("cycles/<int:pk>/pay/export/", pay.export, name="cycle-pay-export"),
    path("ballot/<int:pk>/", ballots.cast, name="ballot"),
    path("vote/", ballots.vote_by_code, name="vote"),
    path("reports/<int:pk>/", reports.show, name="report"),
    path("reports/<int:pk>/write/", reports.write, name="write"),
    path("reports/<int:pk>/draft/", reports.keep_draft, name="draft"),
    path("reports/<int:pk>/print/", reports.print_report, name="report-print"),
    path("outcomes/<int:pk>/", outcomes.show_one, name="outcome"),
    path("outcomes/<int:pk>/print/", outcomes.print_one, name="outcome-print"),
    path("outcomes/<int:pk>/object/", outcomes.object_to, name="outcome-object"),
    path("outcomes/<int:pk>/grade/", outcomes.grade, name="grade"),
    path("doubts/<int:pk>/answer/", outcomes.answer, name="answer"),
]
