"""Fields that go by the product's clock."""

from datetime import datetime
from typing import Any

from django.db import models

from ronghe.common.calendar import now


class MomentField(models.DateTimeField):
    """`auto_now_add` and `auto_now` by `common.calendar.now()`, so that the demo's year and a test's day leave their own times."""

    def pre_save(self, model_instance: models.Model, add: bool) -> datetime | None:
        if self.auto_now or (self.auto_now_add and add):
            moment = now()
            setattr(model_instance, self.attname, moment)
            return moment
        value: datetime | None = super().pre_save(model_instance, add)
        return value

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """A plain DateTimeField to the migrations: the column is the same."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateTimeField", list(args), kwargs
