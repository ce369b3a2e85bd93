from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "ronghe.initiatives"
    label = "initiatives"
    verbose_name = "全员创效"
