from django.urls import path

from ronghe.decisions.views import lists, matters, moves, steps

app_name = "decisions"
urlpatterns = [
    path("", matters.list_matters, name="list"),
    path("ledger/", matters.export_ledger, name="ledger"),
    path("map/", matters.show_map, name="map"),
    path("watch/", matters.show_watch, name="watch"),
    path("new/", matters.new_matter, name="new"),
    path("lists/", lists.list_editions, name="editions"),
    path("lists/adopt/", lists.adopt, name="adopt"),
    path("lists/revise/", lists.revise, name="revise"),
    path("lists/<int:pk>/", lists.show_edition, name="edition"),
    path("lists/<int:pk>/head/", lists.edit_head, name="edition-head"),
    path("lists/<int:pk>/publish/", lists.publish, name="edition-publish"),
    path("lists/<int:pk>/rules/new/", lists.new_rule, name="edition-rule-new"),
    path("lists/<int:pk>/rules/<int:rule>/", lists.edit_rule, name="edition-rule"),
    path("lists/<int:pk>/forms/<slug:code>/", lists.edit_form, name="edition-form"),
    path("<int:pk>/", matters.show_matter, name="matter"),
    path("<int:pk>/print/", matters.print_matter, name="matter-print"),
    path("<int:pk>/steps/<int:step>/", steps.take_step, name="step"),
    path("<int:pk>/steps/<int:step>/draft/", steps.keep_draft, name="step-draft"),
    path("<int:pk>/steps/<int:step>/reassign/", steps.reassign, name="step-reassign"),
    path("<int:pk>/steps/<int:step>/exception/", steps.ask_exception, name="ask-exception"),
    path("<int:pk>/except/", moves.decide_exception, name="except"),
    path("<int:pk>/urgent/", moves.decide_urgently, name="urgent"),
    path("<int:pk>/withdraw/", moves.withdraw, name="withdraw"),
    path("<int:pk>/split/", moves.judge_split, name="split"),
    path("<int:pk>/stop/", moves.stop, name="stop"),
    path("<int:pk>/stops/<int:stop>/cure/", moves.cure, name="cure"),
    path("<int:pk>/stops/<int:stop>/reconsider/", moves.reconsider, name="reconsider"),
    path("<int:pk>/stops/<int:stop>/resume/", moves.resume, name="resume"),
    path("<int:pk>/assign/", moves.assign, name="assign"),
    path("<int:pk>/assignments/<int:row>/", moves.finish_assignment, name="assignment"),
]
