#!/bin/sh
# Install 融合 on Debian 12 as root: code and packages in /opt/ronghe, data in /var/lib/ronghe, settings in /etc/ronghe/env, two services.
# Run it again from a newer copy of the source to upgrade: each version has a folder of its own, `current` names the one that runs.
#   WHEELS=folder   take packages from there, not from the network (make bundle)
#   NO_SERVICE=1    there is no systemd (a container image, a drill)
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
base=/opt/ronghe
data=/var/lib/ronghe
version=$(sed -n 's/^VERSION = "\(.*\)"/\1/p' "$here/src/ronghe/__init__.py")
[ "$(id -u)" = 0 ] || { echo "请用 root 运行" >&2; exit 1; }
[ -e "$here/src/ronghe/common/static/ronghe/dist/app.js" ] || { echo "没有前端文件:请先 make frontend,或用 make bundle 打的包" >&2; exit 1; }

missing=""
for package in python3 python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk; do
  dpkg -s "$package" >/dev/null 2>&1 || missing="$missing $package"
done
if [ -n "$missing" ]; then
  export DEBIAN_FRONTEND=noninteractive
  # shellcheck disable=SC2086
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing >/dev/null; } || { echo "请先装好:$missing" >&2; exit 1; }
fi

id ronghe >/dev/null 2>&1 || useradd --system --home-dir "$data" --shell /usr/sbin/nologin ronghe
install -d -o ronghe -g ronghe -m 0750 "$data"
install -d -m 0755 "$base" /etc/ronghe
[ -f /etc/ronghe/env ] || install -m 0640 -g ronghe "$here/deploy/env.example" /etc/ronghe/env

place="$base/$version-$(date +%Y%m%d%H%M%S)"
install -d "$place"
(cd "$here" && tar cf - src packs docs/guide docs/pictures requirements/run.txt) | tar xf - -C "$place"
python3 -m venv "$place/venv"
from_where=${WHEELS:+--no-index --find-links $WHEELS}
# shellcheck disable=SC2086
"$place/venv/bin/pip" install -q --disable-pip-version-check $from_where --require-hashes -r "$place/requirements/run.txt"
echo "$place/src" > "$("$place/venv/bin/python" -c 'import site; print(site.getsitepackages()[0])')/ronghe.pth"
"$place/venv/bin/python" -m compileall -q "$place/src"

# the command line with the service's settings and as its account, whoever calls it
cat > /usr/local/bin/ronghe <<'EOF'
#!/bin/sh
set -a
. /etc/ronghe/env
set +a
cd /var/lib/ronghe
[ "$(id -u)" != 0 ] || exec runuser -u ronghe -- /opt/ronghe/current/venv/bin/python -m ronghe.cli "$@"
exec /opt/ronghe/current/venv/bin/python -m ronghe.cli "$@"
EOF
chmod 0755 /usr/local/bin/ronghe

before=$(readlink "$base/current" || true)
[ -n "${NO_SERVICE:-}" ] || systemctl stop ronghe-web ronghe-worker 2>/dev/null || true
if [ -n "$before" ] && grep -q '^RONGHE_BACKUP_PASSPHRASE=.' /etc/ronghe/env; then
  ronghe backup "$data/before-$version-$(date +%Y%m%d%H%M%S).bak"
fi
ln -sfn "$place" "$base/current"
ronghe migrate -v 0
ronghe collectstatic --noinput -v 0
if [ -z "${NO_SERVICE:-}" ]; then
  install -m 0644 "$here"/deploy/systemd/*.service /etc/systemd/system/
  systemctl daemon-reload
  systemctl enable -q --now ronghe-web ronghe-worker
fi
echo "融合 $version:$place${before:+(上一版 $before)}"
