from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "ronghe.accounts"
    label = "accounts"
    verbose_name = "账号"

    def ready(self) -> None:
        from django.core.checks import register  # noqa: PLC0415

        from ronghe.accounts.checks import check_sign_on  # noqa: PLC0415

        register(check_sign_on)
