from django.urls import path

from ronghe.figures.views import adjustments, batches, entry, periods, uploads

app_name = "figures"
urlpatterns = [
    path("", entry.show_home, name="home"),
    path("demands/<int:pk>/", entry.open_demand, name="demand"),
    path("periods/", periods.show_list, name="periods"),
    path("periods/open/", periods.open_month, name="period-open"),
    path("periods/<int:pk>/", periods.show_period, name="period"),
    path("periods/<int:pk>/dates/", periods.change_dates, name="period-dates"),
    path("periods/<int:pk>/urge/", periods.urge, name="period-urge"),
    path("periods/<int:pk>/units/<int:unit>/", entry.fill_form, name="form"),
    path("periods/<int:pk>/units/<int:unit>/template/", entry.download_template, name="template"),
    path("periods/<int:pk>/units/<int:unit>/upload/", uploads.upload_sheet, name="upload-new"),
    path("uploads/<int:pk>/", uploads.show_upload, name="upload"),
    path("uploads/<int:pk>/take/", uploads.take, name="upload-take"),
    path("uploads/<int:pk>/marked/", uploads.download_marked, name="upload-marked"),
    path("batches/", batches.show_list, name="batches"),
    path("queue/", batches.show_queue, name="queue"),
    path("batches/<int:pk>/", batches.show_batch, name="batch"),
    path("batches/<int:pk>/submit/", batches.submit, name="batch-submit"),
    path("batches/<int:pk>/withdraw/", batches.withdraw, name="batch-withdraw"),
    path("batches/<int:pk>/drop/", batches.drop, name="batch-drop"),
    path("batches/<int:pk>/confirm/", batches.confirm, name="batch-confirm"),
    path("batches/<int:pk>/return/", batches.send_back, name="batch-return"),
    path("batches/<int:pk>/correct/", batches.correct, name="batch-correct"),
    path("batches/<int:pk>/evidence/", batches.add_evidence, name="batch-evidence"),
    path("adjustments/", adjustments.show_list, name="adjustments"),
    path("adjustments/new/", adjustments.ask, name="adjustment-new"),
    path("adjustments/<int:pk>/", adjustments.show_adjustment, name="adjustment"),
    path("adjustments/<int:pk>/decide/", adjustments.decide, name="adjustment-decide"),
]
