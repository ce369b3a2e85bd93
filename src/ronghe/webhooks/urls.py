from django.urls import path

from ronghe.webhooks import views

app_name = "webhooks"
urlpatterns = [
    path("", views.list_subscriptions, name="list"),
    path("new/", views.new_subscription, name="new"),
    path("<int:pk>/", views.show_subscription, name="subscription"),
    path("<int:pk>/edit/", views.edit_subscription, name="subscription-edit"),
    path("<int:pk>/secret/", views.renew, name="subscription-secret"),
    path("<int:pk>/<slug:step>/", views.take, name="subscription-step"),
    path("deliveries/<int:pk>/again/", views.again, name="delivery-again"),
]
