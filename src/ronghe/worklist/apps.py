from django.apps import AppConfig


class WorklistConfig(AppConfig):
    name = "ronghe.worklist"
    label = "worklist"
    verbose_name = "工作清单与待办"
