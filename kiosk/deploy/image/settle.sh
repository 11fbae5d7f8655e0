#!/bin/sh
# The last steps inside the root that build.sh makes: $1 is its folder.
set -eu
chroot "$1" visitor-kiosk lock
chroot "$1" passwd -l root
mkdir -p "$1/var/lib/systemd/linger"  # or logind fails where nothing can be written
rm -f "$1"/root/*.deb
chroot "$1" update-initramfs -u
# mke2fs keeps whole seconds of a time: without these two the caches of the fonts do not fit, each visit is slow and logs a line.
find "$1/usr/share/fonts" "$1/usr/local/share/fonts" -type d -exec touch -d @1790000000 {} +
chroot "$1" fc-cache -sf
