from django.urls import path

from ronghe.tracing import views

app_name = "tracing"
urlpatterns = [
    path("", views.list_tracings, name="list"),
    path("export/", views.export_tracings, name="export"),
    path("<int:pk>/", views.show_item, name="item"),
    path("<int:pk>/cause/", views.trace, name="item-cause"),
    path("<int:pk>/change/", views.change, name="item-change"),
    path("<int:pk>/release/", views.release, name="item-release"),
    path("<int:pk>/no-change/", views.no_change, name="item-no-change"),
]
