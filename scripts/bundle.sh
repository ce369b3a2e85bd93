#!/bin/sh
# Pack what an intranet needs: the source, the built frontend, every Python package by its locked digest.
# usage: bundle.sh PYTHON ARCH   (ARCH: x86_64 or aarch64)
set -eu
python=$1
arch=$2
here=$(cd "$(dirname "$0")/.." && pwd)
version=$(sed -n 's/^VERSION = "\(.*\)"/\1/p' "$here/src/ronghe/__init__.py")
name="ronghe-$version-$arch"
place="$here/dist/$name"
rm -rf "$place"
mkdir -p "$place/wheels"
platforms=""
for one in manylinux_2_28 manylinux_2_27 manylinux_2_26 manylinux_2_24 manylinux_2_17 manylinux2014 manylinux_2_5 manylinux1; do
  platforms="$platforms --platform ${one}_$arch"
done
# shellcheck disable=SC2086
"$python" -m pip download -q --disable-pip-version-check --only-binary=:all: --python-version 3.11 --implementation cp $platforms \
  --require-hashes -r "$here/requirements/run.txt" -d "$place/wheels"
(cd "$here" && tar cf - --exclude __pycache__ src packs deploy docs requirements/run.txt README.md CHANGELOG.md pyproject.toml) | tar xf - -C "$place"
tar czf "$place.tar.gz" -C "$here/dist" "$name"
(cd "$here/dist" && sha256sum "$name.tar.gz" > "$name.tar.gz.sha256")
rm -rf "$place"
echo "$here/dist/$name.tar.gz"
