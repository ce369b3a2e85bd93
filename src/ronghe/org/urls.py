from django.urls import path

from ronghe.org.views import admin, directory

app_name = "org"
urlpatterns = [
    path("people/", directory.list_people, name="people"),
    path("people/<int:pk>/", directory.show_person, name="person"),
    path("units/", directory.list_units, name="units"),
    path("units/<int:pk>/", directory.show_unit, name="unit"),
    path("admin/", admin.list_admin, name="admin"),
    path("admin/people/new/", admin.add_person, name="admin-new"),
    path("admin/people/<int:pk>/", admin.show_admin_person, name="admin-person"),
    path("admin/people/<int:pk>/edit/", admin.edit_person, name="admin-edit"),
    path("admin/people/<int:pk>/appoint/", admin.appoint_person, name="admin-appoint"),
    path("admin/people/<int:pk>/appointments/<int:appointment>/end/", admin.end_post, name="admin-end"),
    path("admin/people/<int:pk>/account/", admin.open_account, name="admin-account"),
    path("admin/people/<int:pk>/password/", admin.reset_password, name="admin-password"),
    path("admin/people/<int:pk>/leave/", admin.dismiss_person, name="admin-leave"),
]
