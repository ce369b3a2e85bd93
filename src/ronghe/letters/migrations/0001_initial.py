import django.db.models.deletion
import django_fsm
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("org", "0002_structure_and_rosters"),
    ]

    operations = [
        migrations.CreateModel(
            name="LetterTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("title", models.CharField(max_length=60, verbose_name="责任书名称")),
                (
                    "whom",
                    models.CharField(
                        choices=[("group", "各党小组"), ("station", "各班站、组室"), ("leader", "班子成员")],
                        max_length=10,
                        verbose_name="与谁签订",
                    ),
                ),
                ("basis", models.CharField(max_length=300, verbose_name="依据")),
                ("retired_on", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="管理区"),
                ),
            ],
            options={
                "verbose_name": "责任书模板",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("basis", ""), _negated=True), name="letters_template_basis"),
                    models.UniqueConstraint(
                        condition=models.Q(("retired_on", None)), fields=("area", "title"), name="letters_template_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="编号")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("valid_from", models.DateField(verbose_name="自")),
                ("valid_to", models.DateField(verbose_name="至")),
                ("extra", models.TextField(blank=True, max_length=1000, verbose_name="补充约定")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("draft", "起草中"),
                            ("pending", "待签订"),
                            ("returned", "已退回"),
                            ("active", "已生效"),
                            ("reviewed", "已评议"),
                            ("withdrawn", "已撤回"),
                            ("replaced", "已终止"),
                        ],
                        default="draft",
                        max_length=10,
                        protected=True,
                        verbose_name="状态",
                    ),
                ),
                ("text", models.JSONField(default=list, editable=False)),
                ("digest", models.CharField(blank=True, editable=False, max_length=64)),
                ("code", models.CharField(editable=False, max_length=20, null=True, unique=True, verbose_name="核验码")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="送签时间")),
                ("active_at", models.DateTimeField(blank=True, null=True, verbose_name="生效时间")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="终止时间")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="原因")),
                ("reviewed_at", models.DateTimeField(blank=True, null=True, verbose_name="评议时间")),
                ("summary", models.CharField(blank=True, max_length=500, verbose_name="评议意见")),
                ("answer", models.CharField(blank=True, max_length=500, verbose_name="乙方意见")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="答复时间")),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="管理区"),
                ),
                (
                    "first",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="甲方"),
                ),
                (
                    "first_post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.post", verbose_name="甲方岗位"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.partyorg",
                        verbose_name="党小组",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successor",
                        to="letters.letter",
                        verbose_name="接替",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="乙方"),
                ),
                (
                    "second_post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.post", verbose_name="乙方岗位"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="单位"),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="letters.lettertemplate",
                        verbose_name="模板",
                    ),
                ),
            ],
            options={
                "verbose_name": "责任书",
                "ordering": ["-year", "-id"],
                "indexes": [models.Index(fields=["area", "state", "year"], name="letters_let_area_id_09c3ed_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("draft", "pending", "returned", "active"))),
                        fields=("template", "year", "second_post"),
                        name="letters_live_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first_post", models.F("second_post")), _negated=True), name="letters_two_parties"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("side", models.CharField(choices=[("first", "甲方"), ("second", "乙方")], max_length=6)),
                ("post_title", models.CharField(max_length=60, verbose_name="职务")),
                ("at", models.DateTimeField(verbose_name="签订时间")),
                (
                    "how",
                    models.CharField(
                        choices=[("password", "密码"), ("totp", "动态码"), ("webauthn", "安全密钥"), ("recovery_codes", "恢复代码")],
                        max_length=14,
                        verbose_name="身份核验",
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("void_at", models.DateTimeField(blank=True, null=True)),
                ("letter", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to="letters.letter")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person")),
            ],
            options={
                "verbose_name": "签订",
                "ordering": ["at", "id"],
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("void_at", None)), fields=("letter", "side"), name="letters_signature_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("kind", models.CharField(choices=[("duty", "责任"), ("goal", "目标")], default="duty", max_length=6, verbose_name="类型")),
                ("category", models.CharField(blank=True, max_length=40, verbose_name="类别")),
                ("what", models.CharField(max_length=300, verbose_name="内容")),
                ("how", models.CharField(blank=True, max_length=300, verbose_name="做法")),
                ("degree", models.CharField(max_length=300, verbose_name="标准")),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("done", "完成"), ("partly", "部分完成"), ("not_done", "未完成")],
                        default="",
                        max_length=10,
                        verbose_name="评议",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                ("letter", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="letters.letter")),
            ],
            options={
                "verbose_name": "责任书条目",
                "ordering": ["letter_id", "order", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("what", ""), _negated=True), models.Q(("degree", ""), _negated=True)),
                        name="letters_line_parts",
                    )
                ],
            },
        ),
    ]
