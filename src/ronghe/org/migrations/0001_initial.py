import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ronghe.common.calendar


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Track",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("code", models.CharField(max_length=40, verbose_name="编码")),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                ("order", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "赛道",
                "ordering": ["order", "code"],
            },
        ),
        migrations.CreateModel(
            name="PartyOrg",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                (
                    "kind",
                    models.CharField(
                        choices=[("committee", "党委"), ("branch", "党支部"), ("group", "党小组")], max_length=10, verbose_name="类别"
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="编码")),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="org.partyorg",
                        verbose_name="上级党组织",
                    ),
                ),
            ],
            options={
                "verbose_name": "党组织",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="工号")),
                ("name", models.CharField(max_length=30, verbose_name="姓名")),
                ("pinyin", models.CharField(blank=True, editable=False, max_length=400)),
                ("sort_key", models.CharField(blank=True, max_length=80, verbose_name="排序拼音")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="离职日期")),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="person",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "人员",
                "ordering": ["sort_key", "number"],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(default=ronghe.common.calendar.today, verbose_name="起")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="止")),
                ("status", models.CharField(choices=[("full", "正式党员"), ("probationary", "预备党员")], default="full", max_length=14)),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="org.partyorg")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="org.person")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="编码")),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                ("aliases", models.JSONField(blank=True, default=list, verbose_name="别名")),
                (
                    "kind",
                    models.CharField(
                        choices=[("plant", "采油厂"), ("area", "采油管理区"), ("station", "班站"), ("office", "组室")],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                ("order", models.PositiveIntegerField(default=0, verbose_name="次序")),
                ("pinyin", models.CharField(blank=True, editable=False, max_length=400)),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="撤销日期")),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="org.unit",
                        verbose_name="管理区",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="org.unit",
                        verbose_name="上级单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "单位",
                "ordering": ["order", "code"],
                "indexes": [models.Index(fields=["area", "kind"], name="org_unit_area_id_29cb0b_idx")],
            },
        ),
        migrations.CreateModel(
            name="TrackPlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(default=ronghe.common.calendar.today, verbose_name="起")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="止")),
                ("track", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="places", to="org.track")),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="track_places", to="org.unit")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="track",
            name="area",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="tracks", to="org.unit", verbose_name="管理区"
            ),
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("branch_secretary", "党支部书记"),
                            ("area_manager", "管理区经理"),
                            ("deputy_party", "党群副职"),
                            ("deputy_production", "生产管理副职"),
                            ("deputy_business", "经营管理副职"),
                            ("deputy_geology", "开发地质技术副职"),
                            ("deputy_engineering", "采油工程技术副职"),
                            ("station_chief", "班站长(室主任)"),
                            ("group_leader", "党小组长"),
                            ("reporter", "填报人"),
                            ("indicator_admin", "指标管理员"),
                            ("reviewer", "审核人"),
                            ("discipline_member", "纪检小组成员"),
                            ("upper_committee", "上级党委"),
                            ("system_admin", "系统管理员"),
                            ("security_admin", "安全管理员"),
                            ("audit_admin", "审计管理员"),
                            ("staff", "员工"),
                        ],
                        max_length=30,
                        verbose_name="类别",
                    ),
                ),
                ("title", models.CharField(max_length=60, verbose_name="岗位名称")),
                ("order", models.PositiveIntegerField(default=0)),
                (
                    "party_org",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="org.partyorg",
                        verbose_name="党组织",
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
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="org.unit", verbose_name="单位"
                    ),
                ),
            ],
            options={
                "verbose_name": "岗位",
                "ordering": ["order", "id"],
            },
        ),
        migrations.AddField(
            model_name="person",
            name="area",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="people",
                to="org.unit",
                verbose_name="管理区",
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="staff", to="org.unit", verbose_name="所在单位"
            ),
        ),
        migrations.AddField(
            model_name="partyorg",
            name="area",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="管理区"
            ),
        ),
        migrations.AddField(
            model_name="partyorg",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="party_orgs", to="org.unit", verbose_name="所在单位"
            ),
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("valid_from", models.DateField(default=ronghe.common.calendar.today, verbose_name="起")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="止")),
                ("acting", models.BooleanField(default=False, verbose_name="代理")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="appointments", to="org.person", verbose_name="人员"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="appointments", to="org.post", verbose_name="岗位"
                    ),
                ),
            ],
            options={
                "verbose_name": "任职",
                "ordering": ["-valid_from", "id"],
                "indexes": [models.Index(fields=["person", "valid_from"], name="org_appoint_person__274d05_idx")],
            },
        ),
        migrations.AddConstraint(
            model_name="track",
            constraint=models.UniqueConstraint(fields=("area", "code"), name="org_track_code_once"),
        ),
    ]
