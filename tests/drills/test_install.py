"""deploy/install.sh in a clean root: what the image, the Debian machine and the intranet's machine run. Installed, set up, upgraded, taken back."""

import os
import shutil
import subprocess
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.drill
PORT = 8797
SETUP = "ronghe setup --plant plant:示范采油厂 --area a1:示范采油管理区 --system 甲:G1:xitong --security 乙:G2:anquan --audit 丙:G3:shenji"


class CleanRoot:
    """A bare Debian made by debootstrap, entered by chroot."""

    def __init__(self, folder):
        self.folder = folder
        subprocess.run(["debootstrap", "--variant=minbase", "bookworm", folder, *mirror()], check=True, capture_output=True)
        shutil.copy("/etc/resolv.conf", folder / "etc" / "resolv.conf")
        for name in ("sources.list", "sources.list.d", "apt.conf.d", "trusted.gpg.d"):
            copy_settings(Path("/etc/apt") / name, folder / "etc" / "apt" / name)
        subprocess.run(["mount", "-t", "proc", "proc", folder / "proc"], check=True)

    def run(self, command, check=True):
        words = ["chroot", self.folder, "/bin/sh", "-c", command]
        done = subprocess.run(words, env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}, capture_output=True, text=True, check=False)
        assert not check or done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        return done.stdout.strip()

    def leave(self):
        subprocess.run(["umount", self.folder / "proc"], check=False)


def mirror():
    return [os.environ["RONGHE_DRILL_MIRROR"]] if "RONGHE_DRILL_MIRROR" in os.environ else []


def copy_settings(source, target):
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    elif source.exists():
        shutil.copy(source, target)


@pytest.fixture
def root(tmp_path):
    if os.geteuid() != 0 or not shutil.which("debootstrap"):
        pytest.fail("this drill needs root and debootstrap")
    made = CleanRoot(tmp_path / "root")
    yield made
    made.leave()


def ask(path):
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{path}", timeout=10) as answer:
        return answer.status, answer.read().decode()


def serve(root):
    """Start the service as its unit does, and stop it by the returned function."""
    command = (
        "set -a; . /etc/ronghe/env; set +a; cd /var/lib/ronghe; exec runuser -u ronghe -- /opt/ronghe/current/venv/bin/gunicorn"
        f" ronghe.site.wsgi:application --bind 127.0.0.1:{PORT} --workers 1"
    )
    process = subprocess.Popen(["chroot", root.folder, "/bin/sh", "-c", command], start_new_session=True)
    for _try in range(600):
        try:
            ask("/healthz")
            break
        except OSError:
            if process.poll() is not None:
                raise
            subprocess.run(["sleep", "0.2"], check=True)

    def stop():
        subprocess.run(["pkill", "-TERM", "-s", str(process.pid)], check=False)
        process.wait(60)

    return stop


def test_installed_upgraded_and_taken_back(root):
    bundle = (
        subprocess.run(["make", "-s", "-C", ROOT, "bundle"], check=True, capture_output=True, text=True).stdout.strip().splitlines()[-1]
    )
    (root.folder / "srv").mkdir(exist_ok=True)
    subprocess.run(["tar", "xf", bundle, "-C", root.folder / "srv"], check=True)
    place = f"/srv/{Path(bundle).name.removesuffix('.tar.gz')}"
    install = f"cd {place} && NO_SERVICE=1 WHEELS=wheels sh deploy/install.sh"
    root.run(install)
    assert "首次密码" in root.run(SETUP)
    stop = serve(root)
    assert ask("/healthz") == (200, '{"ok": true}')
    status, page = ask("/accounts/login/")
    assert (status, "登录" in page) == (200, True)
    stop()
    first = root.run("readlink /opt/ronghe/current")
    owners = root.run("stat -c %U:%a /var/lib/ronghe /var/lib/ronghe/ronghe.sqlite3 /etc/ronghe/env")
    assert owners.split() == ["ronghe:750", "ronghe:644", "root:640"]
    # an upgrade backs up first, and leaves the earlier version where it was
    root.run("sed -i 's/^RONGHE_BACKUP_PASSPHRASE=.*/RONGHE_BACKUP_PASSPHRASE=a-long-passphrase/' /etc/ronghe/env")
    root.run(install)
    second = root.run("readlink /opt/ronghe/current")
    assert first != second
    saved = root.run("ls /var/lib/ronghe/*.bak")
    assert "完好" in root.run("ronghe audit verify")
    # back again: the rows of before the upgrade, the earlier code
    root.run(f"ronghe restore --force {saved}")
    root.run(f"ln -sfn {first} /opt/ronghe/current")
    stop = serve(root)
    assert ask("/healthz") == (200, '{"ok": true}')
    stop()
