from django.urls import path

from ronghe.duties.views import findings, handovers, matrix

app_name = "duties"
urlpatterns = [
    path("", matrix.show_matrix, name="matrix"),
    path("print/", matrix.print_matrix, name="print"),
    path("export/", matrix.export_matrix, name="export"),
    path("adopt/", matrix.adopt, name="adopt"),
    path("upload/", matrix.upload_matrix, name="upload"),
    path("upload/apply/", matrix.apply_matrix, name="apply"),
    path("matters/new/", matrix.new_matter, name="matter-new"),
    path("matters/<int:pk>/", matrix.show_matter, name="matter"),
    path("matters/<int:pk>/edit/", matrix.edit_matter, name="matter-edit"),
    path("matters/<int:pk>/end/", matrix.stop_matter, name="matter-end"),
    path("matters/<int:pk>/posts/<int:post>/", matrix.edit_cell, name="cell"),
    path("matters/<int:pk>/posts/<int:post>/look/", matrix.look_cell, name="cell-look"),
    path("findings/", findings.list_findings, name="findings"),
    path("findings/print/", findings.print_findings, name="findings-print"),
    path("findings/<int:pk>/", findings.show_finding, name="finding"),
    path("findings/<int:pk>/withdraw/", findings.withdraw, name="finding-withdraw"),
    path("handovers/", handovers.list_handovers, name="handovers"),
    path("handovers/new/<int:person>/", handovers.new_handover, name="handover-new"),
    path("handovers/<int:pk>/", handovers.show_handover, name="handover"),
    path("handovers/<int:pk>/print/", handovers.print_handover, name="handover-print"),
    path("handovers/<int:pk>/sign/", handovers.sign, name="handover-sign"),
    path("handovers/<int:pk>/finish/", handovers.finish, name="handover-finish"),
    path("handovers/<int:pk>/drop/", handovers.drop, name="handover-drop"),
    path("deputies/", handovers.list_deputies, name="deputies"),
    path("deputies/<int:pk>/", handovers.edit_deputy, name="deputy"),
    path("norms/", findings.list_norms, name="norms"),
    path("norms/term/", findings.add_term, name="term"),
    path("norms/<slug:code>/", findings.edit_norm, name="norm"),
]
