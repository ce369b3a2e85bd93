from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "ronghe.assessment"
    label = "assessment"
    verbose_name = "考核"
