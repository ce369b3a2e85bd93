from django.urls import path

from ronghe.concerns import views

app_name = "concerns"
urlpatterns = [
    path("", views.list_concerns, name="list"),
    path("new/", views.new_concern, name="new"),
    path("receipt/", views.receipt, name="receipt"),
    path("report/", views.show_report, name="report"),
    path("norm/", views.edit_norm, name="norm"),
    path("talks/", views.list_talks, name="talks"),
    path("talks/new/", views.new_talk, name="talk-new"),
    path("talks/<int:pk>/confirm/", views.confirm_talk, name="talk-confirm"),
    path("promises/<int:pk>/", views.keep_promise, name="promise"),
    path("<int:pk>/", views.show_concern, name="concern"),
    path("<int:pk>/open/", views.open_concern, name="concern-open"),
    path("<int:pk>/answer/", views.answer, name="concern-answer"),
    path("<int:pk>/respond/", views.respond, name="concern-respond"),
]
