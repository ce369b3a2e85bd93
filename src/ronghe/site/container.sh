#!/bin/sh
# What a container runs: `web` brings the database up to date and serves, `worker` works, anything else is a command of ronghe.
set -eu
run="/opt/ronghe/current/venv/bin/python -m ronghe.cli"
export DJANGO_SETTINGS_MODULE=ronghe.site.settings RONGHE_DATA=/var/lib/ronghe
cd /var/lib/ronghe
case "${1:-web}" in
  web)
    $run migrate -v 0
    $run collectstatic --noinput -v 0
    exec /opt/ronghe/current/venv/bin/gunicorn ronghe.site.wsgi:application --bind 0.0.0.0:8000 --workers 2 --threads 4 --timeout 60 ;;
  worker) exec $run worker ;;
  *) exec $run "$@" ;;
esac
