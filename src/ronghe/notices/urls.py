from django.urls import path

from ronghe.notices.views import admin, inbox

app_name = "notices"
urlpatterns = [
    path("", inbox.list_notices, name="list"),
    path("read/", inbox.read_all, name="read-all"),
    path("<int:pk>/open/", inbox.open_notice, name="open"),
    path("admin/", admin.show_admin, name="admin"),
    path("admin/plan/", admin.set_plan, name="plan"),
    path("admin/rules/new/", admin.edit_rule, name="rule-new"),
    path("admin/rules/<int:pk>/", admin.edit_rule, name="rule"),
    path("admin/robots/new/", admin.add_robot, name="robot-new"),
    path("admin/robots/<int:pk>/test/", admin.test_robot, name="robot-test"),
    path("admin/robots/<int:pk>/switch/", admin.switch_robot, name="robot-switch"),
    path("admin/deliveries/<int:pk>/retry/", admin.retry_delivery, name="delivery-retry"),
]
