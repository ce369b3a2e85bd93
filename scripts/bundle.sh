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
# pip asks the machine that it runs on which packages are wanted; the lock is narrowed to the other machine first
wanted="$place/wanted.txt"
"$python" -m uv pip compile -q "$here/pyproject.toml" -c "$here/requirements/run.txt" --python-platform "$arch-unknown-linux-gnu" --python-version 3.11 \
  --generate-hashes --no-emit-index-url --no-header -o "$wanted"
# shellcheck disable=SC2086
"$python" -m pip download -q --disable-pip-version-check --only-binary=:all: --python-version 3.11 --implementation cp $platforms \
  --require-hashes -r "$wanted" -d "$place/wheels"
rm "$wanted"
(cd "$here" && tar cf - --exclude __pycache__ src packs deploy docs requirements/run.txt README.md CHANGELOG.md pyproject.toml) | tar xf - -C "$place"
tar czf "$place.tar.gz" -C "$here/dist" "$name"
(cd "$here/dist" && sha256sum "$name.tar.gz" > "$name.tar.gz.sha256")
rm -rf "$place"
echo "$here/dist/$name.tar.gz"
