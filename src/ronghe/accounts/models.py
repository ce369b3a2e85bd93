"""An account logs in; what it may do follows from the posts of its person (org), never from flags here."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes accounts; there is no superuser to make."""

    def create_user(self, username: str, password: str | None = None, **extra: Any) -> "User":
        user = self.model(username=self.model.normalize_username(username), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """账号. No superuser, no staff flag, no groups: Django's admin is not part of the product."""

    username = models.CharField(_("登录名"), max_length=60, unique=True, validators=[UnicodeUsernameValidator()])
    email = models.EmailField(_("邮箱"), blank=True)
    is_active = models.BooleanField(_("可登录"), default=True)
    must_change_password = models.BooleanField(_("下次登录须改密码"), default=False)
    tours = models.JSONField(_("看过的导览"), default=list, blank=True)
    date_joined = models.DateTimeField(_("建立时间"), auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("账号")

    def __str__(self) -> str:
        return self.username

    def get_full_name(self) -> str:
        return self.username

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Django's own permissions are not used here."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


class Session(AbstractBaseSession):
    """会话. Like Django's own, and known by its account."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    began_at = models.DateTimeField(_("登录时间"), null=True)
    seen_at = models.DateTimeField(_("最近使用"), null=True)
    address = models.GenericIPAddressField(_("地址"), null=True)
    device = models.CharField(_("设备"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("会话")

    @classmethod
    def get_session_store_class(cls) -> Any:
        from ronghe.accounts.sessions import SessionStore  # noqa: PLC0415  (it asks for this model)

        return SessionStore


class Backoff(models.Model):
    """How often a login name failed of late, from any address, and until when it waits. The name is kept as a keyed digest."""

    name = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0)
    until = models.DateTimeField()
    at = models.DateTimeField(auto_now_add=True)

    objects = models.Manager()

    class Meta:
        verbose_name = _("登录等待")


class Shared(models.Model):
    """What `accounts/shared.py` keeps for all worker processes, for minutes: never anything of the business."""

    name = models.CharField(max_length=255, unique=True)
    value = models.TextField()
    until = models.DateTimeField(null=True, db_index=True)

    objects = models.Manager()

    class Meta:
        verbose_name = _("各进程共用的计数")
