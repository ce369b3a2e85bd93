from django.urls import path

from ronghe.retention import views

app_name = "retention"
urlpatterns = [
    path("", views.show_kinds, name="kinds"),
    path("report/", views.show_report, name="report"),
    path("report/export/", views.export_report, name="report-export"),
    path("report/print/", views.print_report, name="report-print"),
    path("holds/", views.show_holds, name="holds"),
    path("holds/new/", views.new_hold, name="hold-new"),
    path("holds/<int:pk>/lift/", views.lift, name="hold-lift"),
    path("kinds/<str:kind>/", views.show_kind, name="kind"),
    path("kinds/<str:kind>/propose/", views.propose, name="kind-propose"),
    path("kinds/<str:kind>/approve/", views.approve, name="kind-approve"),
    path("kinds/<str:kind>/decline/", views.decline, name="kind-decline"),
]
