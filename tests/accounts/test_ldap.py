"""Log-in by a real directory: slapd in a temporary folder, asked over an encrypted line."""

import datetime
import ipaddress
import os
import shutil
import socket
import subprocess

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from django.test import Client

from ronghe.accounts.models import User
from ronghe.audit.models import Entry

SLAPD = shutil.which("slapd", path=f"{os.environ['PATH']}:/usr/sbin")
CONF = """
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile {folder}/slapd.pid
TLSCertificateFile {folder}/cert.pem
TLSCertificateKeyFile {folder}/key.pem
security simple_bind=112
database mdb
suffix "dc=example,dc=com"
rootdn "cn=admin,dc=example,dc=com"
rootpw asks-for-us
directory {folder}/data
access to attrs=userPassword by anonymous auth by * none
access to * by users read by * none
"""
ENTRIES = """
dn: dc=example,dc=com
objectClass: dcObject
objectClass: organization
o: example
dc: example

dn: uid=he.jing,dc=example,dc=com
objectClass: inetOrgPerson
uid: he.jing
cn: he
sn: jing
employeeNumber: {number}
userPassword: directory-pass-1

dn: uid=stranger,dc=example,dc=com
objectClass: inetOrgPerson
uid: stranger
cn: s
sn: s
employeeNumber: X1
userPassword: directory-pass-2
"""


def write_certificate(folder):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(pem)


@pytest.fixture
def directory(world, settings, tmp_path):
    """A running slapd that knows 何静 under another name than ours; → its settings are the product's."""
    assert SLAPD, "slapd is missing: make test-packages"
    (tmp_path / "data").mkdir()
    write_certificate(tmp_path)
    conf, entries = tmp_path / "slapd.conf", tmp_path / "entries.ldif"
    conf.write_text(CONF.format(folder=tmp_path))
    entries.write_text(ENTRIES.format(number=world.hejing.number))
    subprocess.run([SLAPD, "-T", "add", "-f", conf, "-l", entries], check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen([SLAPD, "-f", conf, "-h", f"ldap://127.0.0.1:{port}", "-d", "0"], stderr=subprocess.DEVNULL) as process:
        for _try in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            try:
                process.wait(0.05)
            except subprocess.TimeoutExpired:
                continue
            raise AssertionError("slapd did not start")
        settings.RONGHE_LDAP_URI, settings.RONGHE_LDAP_BASE = f"ldap://127.0.0.1:{port}", "dc=example,dc=com"
        settings.RONGHE_LDAP_BIND_DN, settings.RONGHE_LDAP_BIND_PASSWORD = "cn=admin,dc=example,dc=com", "asks-for-us"
        settings.RONGHE_LDAP_CA = str(tmp_path / "cert.pem")
        yield settings
        process.terminate()


def enter(login, password):
    client = Client()
    client.post("/accounts/login/", {"login": login, "password": password})
    return client


def is_in(client):
    return client.get("/worklist/").status_code == 200


def test_who_the_directory_knows_comes_in_and_nobody_else(world, directory, tmp_path):
    client = enter("he.jing", "directory-pass-1")
    assert is_in(client)
    assert "何静" in client.get("/accounts/profile/").content.decode()
    entry = Entry.objects.get(verb="登录")
    assert (entry.actor_name, entry.note) == ("何静", "127.0.0.1 目录服务")
    User.objects.filter(pk=world.hejing.user_id).update(must_change_password=True)
    assert is_in(enter("he.jing", "directory-pass-1"))  # a first password of ours plays no part
    User.objects.filter(pk=world.hejing.user_id).update(must_change_password=False)
    users = User.objects.count()
    wrong = [
        ("he.jing", "wrong"), ("he.jing", ""), ("he.jing", " "), ("stranger", "directory-pass-2"), ("*", "directory-pass-1"), ("he*", "directory-pass-1"),
        ("he.jing)(uid=*", "directory-pass-1"), ("uid=he.jing,dc=example,dc=com", "directory-pass-1"), ("nobody", "x"),
    ]  # fmt: skip
    assert [pair for pair in wrong if is_in(enter(*pair))] == []
    assert User.objects.count() == users
    assert Entry.objects.filter(verb="登录失败").count() >= 6
    User.objects.filter(pk=world.hejing.user_id).update(is_active=False)
    assert not is_in(enter("he.jing", "directory-pass-1"))
    User.objects.filter(pk=world.hejing.user_id).update(is_active=True)
    directory.RONGHE_LDAP_CA = ""  # a certificate that nobody vouches for
    assert not is_in(enter("he.jing", "directory-pass-1"))
    directory.RONGHE_LDAP_CA = str(tmp_path / "cert.pem")
    directory.RONGHE_LDAP_BIND_PASSWORD = "wrong"
    assert not is_in(enter("he.jing", "directory-pass-1"))
    directory.RONGHE_LDAP_URI = "ldap://127.0.0.1:9"  # away: passwords of our own still open
    assert not is_in(enter("he.jing", "directory-pass-1"))
    from tests.people import PASSWORD

    assert is_in(enter("hejing", PASSWORD))
