from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "ronghe.figures"
    label = "figures"
    verbose_name = "月度填报"
