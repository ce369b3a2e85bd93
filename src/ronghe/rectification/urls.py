from django.urls import path

from ronghe.rectification.views import items, lists, sources, steps

app_name = "rectification"
urlpatterns = [
    path("", lists.list_items, name="list"),
    path("export/", lists.export_items, name="export"),
    path("print/", lists.print_items, name="print"),
    path("batch/", lists.take_batch, name="batch"),
    path("reassign/", lists.reassign_batch, name="reassign-batch"),
    path("sources/", sources.list_sources, name="sources"),
    path("sources/<slug:code>/", sources.edit_source, name="source"),
    path("new/", items.new_item, name="new"),
    path("<int:pk>/", items.show_item, name="item"),
    path("<int:pk>/print/", items.print_item, name="item-print"),
    path("<int:pk>/plan/", steps.plan, name="plan"),
    path("<int:pk>/measures/<int:measure>/finish/", steps.finish_measure, name="measure-finish"),
    path("<int:pk>/measures/<int:measure>/resume/", steps.resume_measure, name="measure-resume"),
    path("<int:pk>/proof/", steps.prove, name="proof"),
    path("<int:pk>/verify/", steps.verify, name="verify"),
    path("<int:pk>/move/", steps.ask_move, name="move"),
    path("<int:pk>/void/", steps.ask_void, name="void"),
    path("<int:pk>/requests/<int:row>/", steps.decide, name="decide"),
    path("<int:pk>/reopen/", steps.reopen, name="reopen"),
    path("<int:pk>/reassign/", steps.reassign, name="reassign"),
]
