from django.urls import path

from ronghe.archive.views import dispatches, folders, packs

app_name = "archive"
urlpatterns = [
    path("dispatches/", dispatches.show_list, name="dispatches"),
    path("dispatches/new/", dispatches.new, name="dispatch-new"),
    path("dispatches/export/", dispatches.export, name="dispatches-export"),
    path("dispatches/print/", dispatches.print_list, name="dispatches-print"),
    path("dispatches/<int:pk>/", dispatches.show, name="dispatch"),
    path("dispatches/<int:pk>/finish/", dispatches.finish, name="dispatch-finish"),
    path("dispatches/<int:pk>/void/", dispatches.make_void, name="dispatch-void"),
    path("registers/", dispatches.list_registers, name="registers"),
    path("registers/new/", dispatches.new_register, name="register-new"),
    path("registers/<int:pk>/retire/", dispatches.retire_register, name="register-retire"),
    path("folders/", folders.show_list, name="folders"),
    path("folders/new/", folders.new, name="folder-new"),
    path("folders/<int:pk>/", folders.show, name="folder"),
    path("folders/<int:pk>/download/", folders.download, name="folder-download"),
    path("folders/<int:pk>/check/", folders.check, name="folder-check"),
    path("folders/<int:pk>/export/", folders.export, name="folder-export"),
    path("folders/<int:pk>/print/", folders.print_index, name="folder-print"),
    path("terms/", folders.show_terms, name="terms"),
    path("terms/<str:kind>/", folders.edit_term, name="term"),
    path("packs/", packs.show_list, name="packs"),
    path("packs/new/", packs.new, name="pack-new"),
    path("packs/<int:pk>/", packs.show, name="pack"),
    path("packs/<int:pk>/download/", packs.download, name="pack-download"),
    path("topics/", packs.show_topics, name="topics"),
    path("topics/adopt/", packs.adopt, name="topics-adopt"),
    path("topics/new/", packs.new_topic, name="topic-new"),
    path("topics/<int:pk>/", packs.edit_topic, name="topic"),
    path("topics/<int:pk>/retire/", packs.retire_topic, name="topic-retire"),
]
