from django.urls import path

from ronghe.assessment.views import objections, ranking, runs, schemes, station

app_name = "assessment"
urlpatterns = [
    path("", ranking.show_ranking, name="ranking"),
    path("ranking.xlsx", ranking.export_ranking, name="ranking-xlsx"),
    path("print/", ranking.print_ranking, name="ranking-print"),
    path("ours/", station.show_own, name="own"),
    path("stations/<int:unit_id>/", station.show_station, name="station"),
    path("indicators/<slug:code>/", ranking.show_indicator, name="indicator"),
    path("runs/", runs.list_runs, name="runs"),
    path("runs/start/", runs.start_run, name="run-start"),
    path("runs/<int:pk>/", runs.show_run, name="run"),
    path("runs/<int:pk>/publish/", runs.publish_run, name="run-publish"),
    path("runs/<int:pk>/finalise/", runs.finalise_run, name="run-finalise"),
    path("runs/<int:pk>/drop/", runs.drop_run, name="run-drop"),
    path("runs/<int:pk>/files/<str:name>", runs.download, name="run-file"),
    path("marks/<int:pk>/", station.show_mark, name="mark"),
    path("marks/<int:pk>/object/", objections.object_to_mark, name="mark-object"),
    path("objections/", objections.list_objections, name="objections"),
    path("objections/<int:pk>/", objections.show_objection, name="objection"),
    path("objections/<int:pk>/answer/", objections.answer_objection, name="objection-answer"),
    path("objections/<int:pk>/withdraw/", objections.withdraw_objection, name="objection-withdraw"),
    path("schemes/", schemes.list_schemes, name="schemes"),
    path("schemes/new/", schemes.add_scheme, name="scheme-new"),
    path("schemes/<int:pk>/", schemes.show_scheme, name="scheme"),
    path("schemes/<int:pk>/scheme.toml", schemes.download_scheme, name="scheme-file"),
    path("schemes/<int:pk>/publish/", schemes.publish_scheme, name="scheme-publish"),
    path("schemes/<int:pk>/drop/", schemes.drop_scheme, name="scheme-drop"),
]
