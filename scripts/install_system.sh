#!/bin/sh
# Bring the Debian packages that pip cannot: as root on Debian by apt, otherwise say what is missing and how to get it.
# usage: install_system.sh PACKAGE:CHECK …   (CHECK: a shell test that passes where the thing is already there)
set -u
missing=""
for pair in "$@"; do
  package=${pair%%:*}
  check=${pair#*:}
  sh -c "$check" >/dev/null 2>&1 || missing="$missing $package"
done
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "installing by apt:$missing"
  export DEBIAN_FRONTEND=noninteractive
  # shellcheck disable=SC2086
  apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing >/dev/null && exit 0
fi
echo "缺少系统软件包,请先安装(Debian):  sudo apt-get install$missing" >&2
echo "missing system packages, please install them first:  sudo apt-get install$missing" >&2
exit 1
