#!/bin/sh
# Put packages into a suite of a signed apt repository, a plain folder for any web server or stick.
# Tools: apt-ftparchive (apt-utils), gpg (gnupg), dpkg-deb.
#
#   publish.sh REPOSITORY SUITE KEY [PACKAGE.deb ...]
#
# SUITE is canary or stable. KEY is the fingerprint of the signing key. Without a package the suite is signed
# again: apt refuses one that was signed more than 90 days ago. A package goes into stable only when it has been
# in canary, the same to the byte, for seven days; PROMOTE_NOW=1 passes over the waiting, never over canary.
set -eu
umask 022

refuse() { echo "publish: $*" >&2; exit 2; }

[ $# -ge 3 ] || refuse "write publish.sh REPOSITORY SUITE KEY [PACKAGE.deb ...]"
repository=$1 suite=$2 key=$3
shift 3
case $suite in canary | stable) ;; *) refuse "\"$suite\" is no suite; write canary or stable" ;; esac
for tool in apt-ftparchive gpg dpkg-deb; do
    command -v "$tool" >/dev/null || refuse "$tool is missing; apt-get install apt-utils gnupg"
done
gpg --batch --list-secret-keys "$key" >/dev/null 2>&1 || refuse "there is no secret key $key; put its stick in"

for package; do
    [ "$(dpkg-deb -f "$package" Package 2>/dev/null)" = visitor-kiosk ] || refuse "$package is no package of the kiosk"
    name=$(basename "$package")
    tested=$repository/pool/canary/$name
    if [ "$suite" = stable ]; then
        [ -f "$tested" ] || refuse "$name was never in canary; publish it there first"
        cmp -s "$package" "$tested" || refuse "$name differs from the one in canary; publish that one"
        [ "${PROMOTE_NOW:-}" = 1 ] || [ -n "$(find "$tested" -mtime +6)" ] ||
            refuse "$name has not been in canary for seven days; wait, or set PROMOTE_NOW=1"
    fi
    published=$repository/pool/$suite/$name
    [ ! -f "$published" ] || cmp -s "$package" "$published" ||
        refuse "$name is published already with other contents; give the package a higher version"
done
mkdir -p "$repository/pool/$suite" "$repository/dists"
repository=$(cd "$repository" && pwd)
for package; do
    published=$repository/pool/$suite/$(basename "$package")
    [ -f "$published" ] || { cp "$package" "$published.part" && mv "$published.part" "$published"; }
done

# The lists are made whole beside the old ones, and one rename puts them in their place.
fresh=$(mktemp -d "$repository/dists/.$suite.XXXXXX")
chmod 755 "$fresh"
trap 'rm -rf "$fresh"' EXIT
cd "$repository"
lists=dists/${fresh##*/}
for architecture in amd64 arm64; do
    mkdir -p "$lists/main/binary-$architecture"
    apt-ftparchive packages "pool/$suite" >"$lists/main/binary-$architecture/Packages"
    gzip -9nk "$lists/main/binary-$architecture/Packages"
done
apt-ftparchive \
    -o APT::FTPArchive::Release::Origin="Visitor Kiosk" \
    -o APT::FTPArchive::Release::Label="Visitor Kiosk" \
    -o APT::FTPArchive::Release::Suite="$suite" \
    -o APT::FTPArchive::Release::Codename="$suite" \
    -o APT::FTPArchive::Release::Architectures="amd64 arm64" \
    -o APT::FTPArchive::Release::Components=main \
    -o APT::FTPArchive::Release::ValidTime=7776000 \
    release "$lists" >"$lists/Release.new"
mv "$lists/Release.new" "$lists/Release"
gpg --batch --yes --local-user "$key" --clearsign --output "$lists/InRelease" "$lists/Release"
before=$(readlink "dists/$suite" || true)
ln -s "${fresh##*/}" "$fresh.link"
mv -T "$fresh.link" "dists/$suite"
trap - EXIT
[ -z "$before" ] || rm -rf "dists/$before"
echo "$suite: $(grep -c ^Package: "$lists/main/binary-amd64/Packages") packages"
