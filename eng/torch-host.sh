#!/usr/bin/env bash
# Makes a 'dotnet' that libtorch loads under, where the system's own C++ runtime is older than libtorch wants (GCC 13's): a copy
# of the host executable that finds the C and C++ libraries of the next Debian release in a folder of its own. The system stays
# as it is. Prints the path of the host; where the system's runtime is new enough, that of the system's dotnet.
set -euo pipefail

# Debian keeps ldconfig in a folder that only root has in its PATH.
PATH=$PATH:/usr/sbin:/sbin

wanted=GLIBCXX_3.4.32
root=$(git -C "$(dirname "${BASH_SOURCE[0]}")" rev-parse --show-toplevel)
host=$root/artifacts/torch-host
dotnet=$(readlink -f "$(command -v dotnet)")
system_library=$(ldconfig -p | awk '/libstdc\+\+\.so\.6 .*x86-64/ && !found { print $NF; found = 1 }')

if [ -n "$system_library" ] && grep -q "$wanted" "$system_library"; then
    echo "$dotnet"
    exit
fi

# One process at a time, because several projects may ask at once. The others find the host that the first one made.
mkdir -p "$root/artifacts"
exec 9> "$root/artifacts/torch-host.lock"
flock 9
if [ -x "$host/dotnet" ]; then
    echo "$host/dotnet"
    exit
fi

# With --once, which the build uses for each project, one try in ten minutes is enough. A call by hand always tries.
failed=$root/artifacts/torch-host.failed
if [ "${1:-}" = --once ] && [ -n "$(find "$failed" -mmin -10 2>/dev/null)" ]; then
    exit 1
fi
say_failure() {
    touch "$failed"
    echo "The C++ runtime of this system is too old for libtorch, and a host with a newer one could not be made:" >&2
    echo "    $1" >&2
    echo "What needs libtorch will not run. Use Debian 13, Ubuntu 24.04 or later, or run eng/torch-host.sh again." >&2
    exit 1
}

declare -A next_release=([bullseye]=trixie [bookworm]=trixie)
. /etc/os-release
next=${next_release[${VERSION_CODENAME:-}]:-}
if [ -z "$next" ] || [ "$(uname -m)" != x86_64 ]; then
    say_failure "a host is made on Debian 11 and 12 on x86-64 only; this is ${PRETTY_NAME:-unknown}"
fi

# A separate apt configuration: the system's sources, for the next release.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{sources,lists/partial,cache/archives/partial,packages,root}
for file in /etc/apt/sources.list /etc/apt/sources.list.d/debian.sources; do
    [ ! -f "$file" ] || sed "s/\b$VERSION_CODENAME\b/$next/g; s/\b$VERSION_CODENAME-/$next-/g" "$file" > "$work/sources/$(basename "$file")"
done
cat > "$work/apt.conf" <<EOF
Dir::Etc::SourceList "$work/sources/sources.list";
Dir::Etc::SourceParts "$work/sources";
Dir::State::Lists "$work/lists";
Dir::Cache "$work/cache";
APT::Sandbox::User "$(id -un)";
EOF
export APT_CONFIG=$work/apt.conf
apt-get update -qq > "$work/apt.log" 2>&1 \
    && (cd "$work/packages" && apt-get download -qq libc6 libstdc++6 libgcc-s1 patchelf) >> "$work/apt.log" 2>&1 \
    || say_failure "$(tail -n 1 "$work/apt.log")"
for package in "$work"/packages/*.deb; do
    dpkg-deb -x "$package" "$work/root"
done

# Built beside its place and then moved, so that nobody finds a half-made host.
libraries=$host/usr/lib/x86_64-linux-gnu
loader=$work/root/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2
cp "$dotnet" "$work/root/dotnet"
"$loader" --library-path "$(dirname "$loader")" "$work/root/usr/bin/patchelf" \
    --set-interpreter "$libraries/ld-linux-x86-64.so.2" --set-rpath "$libraries" --force-rpath "$work/root/dotnet"
for part in host shared; do
    ln -s "$(dirname "$dotnet")/$part" "$work/root/$part"
done
rm -rf "$host"
mv "$work/root" "$host"
echo "$host/dotnet"
