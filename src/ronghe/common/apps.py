from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "ronghe.common"
    label = "common"
    verbose_name = "公用"
