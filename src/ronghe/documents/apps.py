from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "ronghe.documents"
    label = "documents"
    verbose_name = "文档"
