from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "ronghe.audit"
    label = "audit"
    verbose_name = "审计"
