import datetime

import django.db.models.deletion
from django.db import migrations, models

import ronghe.notices.models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0001_initial"),
        ("org", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="DigestPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("hour", models.TimeField(default=datetime.time(8, 0), verbose_name="发送时间")),
                ("quiet_from", models.TimeField(default=datetime.time(20, 0), verbose_name="免打扰起")),
                ("quiet_to", models.TimeField(default=datetime.time(7, 30), verbose_name="免打扰止")),
                ("on_days_off", models.BooleanField(default=False, verbose_name="休息日也发")),
                ("by_mail", models.BooleanField(default=True, verbose_name="发邮件")),
                ("by_robot", models.BooleanField(default=True, verbose_name="发群机器人")),
                (
                    "area",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="管理区"
                    ),
                ),
            ],
            options={
                "verbose_name": "提醒时间",
            },
        ),
        migrations.CreateModel(
            name="Robot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("name", models.CharField(max_length=40, verbose_name="名称")),
                ("scheme", models.CharField(max_length=20, verbose_name="类别")),
                ("address", models.TextField(editable=False, verbose_name="地址")),
                ("enabled", models.BooleanField(default=True, verbose_name="启用")),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="管理区"),
                ),
            ],
            options={
                "verbose_name": "群机器人",
                "ordering": ["area_id", "name"],
                "constraints": [models.UniqueConstraint(fields=("area", "name"), name="notices_robot_name_once")],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=120, unique=True)),
                ("subject", models.CharField(max_length=200, verbose_name="标题")),
                ("body", models.TextField(verbose_name="正文")),
                (
                    "state",
                    models.CharField(
                        choices=[("queued", "待发"), ("sent", "已发"), ("failed", "失败")],
                        default="queued",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="次数")),
                ("not_before", models.DateTimeField(verbose_name="不早于")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="发出时间")),
                ("problem", models.CharField(blank=True, max_length=300, verbose_name="原因")),
                ("area", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
                ("person", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person")),
                ("robot", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="notices.robot")),
            ],
            options={
                "verbose_name": "外发消息",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["state", "not_before"], name="notices_del_state_d1a6db_idx")],
            },
        ),
        migrations.CreateModel(
            name="Digest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("kind", models.CharField(default="tasks", max_length=20)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person")),
            ],
            options={
                "verbose_name": "每日提醒",
                "constraints": [models.UniqueConstraint(fields=("person", "day", "kind"), name="notices_digest_once")],
            },
        ),
        migrations.CreateModel(
            name="ReminderRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("kind", models.CharField(blank=True, max_length=40, verbose_name="事项来源")),
                ("offsets", models.JSONField(default=ronghe.notices.models.default_offsets, verbose_name="提醒日")),
                ("repeat_every", models.PositiveSmallIntegerField(blank=True, default=5, null=True, verbose_name="此后每隔")),
                ("chief_after", models.PositiveSmallIntegerField(blank=True, default=2, null=True, verbose_name="逾期后报班站长")),
                ("leader_after", models.PositiveSmallIntegerField(blank=True, default=5, null=True, verbose_name="逾期后报领导")),
                (
                    "leader_kind",
                    models.CharField(
                        choices=[
                            ("branch_secretary", "党支部书记"),
                            ("area_manager", "管理区经理"),
                            ("deputy_party", "党群副职"),
                            ("deputy_production", "生产管理副职"),
                            ("deputy_business", "经营管理副职"),
                            ("deputy_geology", "开发地质技术副职"),
                            ("deputy_engineering", "采油工程技术副职"),
                        ],
                        default="branch_secretary",
                        max_length=30,
                        verbose_name="报哪位领导",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                        verbose_name="管理区",
                    ),
                ),
            ],
            options={
                "verbose_name": "提醒规则",
                "ordering": ["area_id", "kind"],
                "constraints": [
                    models.UniqueConstraint(fields=("area", "kind"), name="notices_rule_once"),
                    models.UniqueConstraint(condition=models.Q(("area", None)), fields=("kind",), name="notices_general_rule_once"),
                ],
            },
        ),
    ]
