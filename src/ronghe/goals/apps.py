from django.apps import AppConfig


class GoalsConfig(AppConfig):
    name = "ronghe.goals"
    label = "goals"
    verbose_name = "目标"
