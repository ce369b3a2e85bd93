"""练习: an installation of its own that knows nothing of the real one, and whose door does not exist there."""

import json
import os
import subprocess
import sys

import pytest

from ronghe.accounts.models import User
from ronghe.common.exports import mark_name, write_watermark
from ronghe.notices.channels import NotSent, send_to_robot

ASK = """
import json
from ronghe.site import settings as s
names = ("DATA_DIR", "RONGHE_CHECKPOINTS", "RONGHE_KEYS", "RONGHE_URNS", "MEDIA_ROOT", "STATIC_ROOT")
print(json.dumps({**{name: str(getattr(s, name)) for name in names}, "database": str(s.DATABASES["default"]["NAME"]),
    "engine": s.DATABASES["default"]["ENGINE"], "key": s.SECRET_KEY, "mail": s.EMAIL_BACKEND, "metrics": s.RONGHE_METRICS_TOKEN,
    "ldap": s.RONGHE_LDAP_URI, "oidc": s.RONGHE_OIDC_ISSUER, "cookie": s.SESSION_COOKIE_NAME, "login": s.LOGIN_URL}))
"""


def test_the_practice_looks_at_nothing_of_the_real_one(tmp_path):
    real = tmp_path / "real"
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith(("RONGHE_", "DATABASE_URL", "DJANGO_"))},
        "RONGHE_SANDBOX": "1", "RONGHE_DATA": str(tmp_path), "DATABASE_URL": f"sqlite:///{real}/real.sqlite3", "RONGHE_SECRET_KEY": "the real key",
        "RONGHE_KEYS": str(real), "RONGHE_CHECKPOINTS": str(real), "RONGHE_URNS": str(real), "EMAIL_URL": "smtp://mail.invalid",
        "RONGHE_METRICS_TOKEN": "real", "RONGHE_LDAP_URI": "ldaps://real", "RONGHE_OIDC_ISSUER": "https://real", "PYTHONPATH": os.pathsep.join(sys.path),
    }  # fmt: skip
    told = json.loads(subprocess.run([sys.executable, "-c", ASK], env=environment, check=True, capture_output=True, text=True).stdout)
    own = str(tmp_path / "sandbox")
    assert [
        name
        for name in ("DATA_DIR", "RONGHE_CHECKPOINTS", "RONGHE_KEYS", "RONGHE_URNS", "MEDIA_ROOT", "STATIC_ROOT", "database")
        if not told[name].startswith(own)
    ] == []
    assert told["key"] != "the real key"
    assert told["engine"].endswith("sqlite3")
    assert (told["mail"], told["metrics"], told["ldap"], told["oidc"]) == ("django.core.mail.backends.dummy.EmailBackend", "", "", "")
    assert (told["cookie"], told["login"]) == ("practice_session", "practice")


def test_its_door_does_not_exist_in_the_real_one(world, client):
    assert client.get("/practice/").status_code == 404
    assert client.post("/practice/enter/", {"user": world.lijianguo.user_id}).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.fixture
def practice(settings, world):
    settings.SANDBOX = True
    return world


def test_one_chooses_a_post_and_is_in_it_with_its_tour(practice, client):
    User.objects.filter(pk=practice.liuhaitao.user_id).update(tours=["station_chief"])
    page = client.get("/practice/").content.decode()
    assert ("班站长" in page, "党支部书记" in page, "练习环境" in page) == (True, True, True)
    answer = client.post("/practice/enter/", {"user": practice.liuhaitao.user_id})
    assert (answer.status_code, answer.url) == (302, "/")
    home = client.get("/").content.decode()
    assert ("练习环境" in home, "【练习】" in home, "data-tour=" in home, "data-practice" in home) == (True,) * 4
    assert client.post("/practice/enter/", {"user": "x"}).status_code == 404
    assert client.get("/manifest.webmanifest").json()["name"] == "融合(练习)"


def test_nothing_real_looks_like_it_and_nothing_leaves_it(practice, client, settings):
    assert mark_name("表.xlsx", "刘海涛").startswith("表【练习,数据是假的 刘海涛")
    assert write_watermark("刘海涛", "内部").startswith("【练习,数据是假的】")
    with pytest.raises(NotSent):
        send_to_robot("", "标题", "正文")
    settings.SANDBOX, settings.RONGHE_SANDBOX_URL = False, "https://lianxi.example.cn"
    client.force_login(practice.liuhaitao.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    home = client.get("/").content.decode()
    assert ('href="https://lianxi.example.cn/practice/"' in home, "练习环境" in home) == (True, False)
