from django.urls import path

from ronghe.coaching.views import kinds, measures, pairs, poster, talks

app_name = "coaching"
urlpatterns = [
    path("", measures.list_all, name="list"),
    path("export/", measures.export, name="export"),
    path("new/", measures.new_measure, name="new"),
    path("proposals/<int:pk>/", measures.show_proposal, name="proposal"),
    path("proposals/<int:pk>/dismiss/", measures.dismiss, name="proposal-dismiss"),
    path("kinds/", kinds.list_kinds, name="kinds"),
    path("kinds/adopt/", kinds.adopt, name="kinds-adopt"),
    path("kinds/new/", kinds.new_kind, name="kind-new"),
    path("kinds/<int:pk>/", kinds.show_kind, name="kind"),
    path("kinds/<int:pk>/revise/", kinds.revise, name="kind-revise"),
    path("kinds/<int:pk>/retire/", kinds.retire, name="kind-retire"),
    path("pairs/", pairs.list_pairs, name="pairs"),
    path("pairs/new/", pairs.new_pair, name="pair-new"),
    path("pairs/<int:pk>/", pairs.show_pair, name="pair"),
    path("pairs/<int:pk>/agree/", pairs.agree, name="pair-agree"),
    path("pairs/<int:pk>/decline/", pairs.decline, name="pair-decline"),
    path("pairs/<int:pk>/visit/", pairs.visit, name="pair-visit"),
    path("pairs/<int:pk>/tasks/<int:task>/", pairs.finish_task, name="pair-task"),
    path("pairs/<int:pk>/end/", pairs.end, name="pair-end"),
    path("poster/", poster.show_poster, name="poster"),
    path("poster/print/", poster.print_poster, name="poster-print"),
    path("effects/", pairs.show_effects, name="effects"),
    path("effects/export/", pairs.export_effects, name="effects-export"),
    path("<int:pk>/", measures.show_measure, name="measure"),
    path("<int:pk>/carry/", measures.carry_out, name="carry"),
    path("<int:pk>/notice/", talks.notice, name="notice"),
    path("<int:pk>/record/", talks.write_record, name="record"),
    path("<int:pk>/confirm/", talks.confirm, name="confirm"),
    path("<int:pk>/return/", talks.send_back, name="return"),
    path("<int:pk>/print/", talks.print_talk, name="talk-print"),
    path("<int:pk>/follows/<int:follow>/", measures.look, name="look"),
    path("<int:pk>/drop/", measures.drop, name="drop"),
]
