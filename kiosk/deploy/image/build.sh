#!/bin/sh
# Makes a root image whose every block is verified (dm-verity), with the package in it, locked. As root, from the network:
#   build.sh PACKAGE FOLDER [OPTION OF MMDEBSTRAP ...]     such as --include=espeak-ng,alsa-utils
#                                                          and --customize-hook='copy-in site.toml /etc/visitor-kiosk'
# FOLDER gets root.img and root.hashes, for a partition each (labels kiosk and kiosk-hashes), the kernel, its initramfs,
# and kernel-line, which names them. Needs mmdebstrap, e2fsprogs and cryptsetup-bin.
set -eu
[ $# -ge 2 ] || { sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 2; }
here=$(dirname "$(realpath "$0")")
package=$(realpath "$1")
mkdir -p "$2"
folder=$(realpath "$2")
root=$folder/root
shift 2

mmdebstrap --variant=minbase --format=directory --aptopt='APT::Install-Recommends "false"' \
    --include=systemd-sysv,udev,dbus,linux-image-amd64,initramfs-tools,login,passwd,cryptsetup-bin \
    --customize-hook="copy-in '$package' /root" \
    --customize-hook="chroot \"\$1\" apt-get install -y '/root/${package##*/}'" \
    "$@" \
    --customize-hook="install '$here/verity-hook' \"\$1/etc/initramfs-tools/hooks/visitor-kiosk-verity\"" \
    --customize-hook="install '$here/verity-script' \"\$1/etc/initramfs-tools/scripts/local-top/visitor-kiosk-verity\"" \
    --customize-hook="$here/settle.sh \"\$1\"" \
    trixie "$root"

cp "$root"/boot/vmlinuz-* "$root"/boot/initrd.img-* "$folder"
mke2fs -q -F -t ext4 -d "$root" -L root "$folder/root.img" "${SIZE:-3G}"
rm -rf --one-file-system "$root"
hash=$(veritysetup format "$folder/root.img" "$folder/root.hashes" | sed -n 's/^Root hash:[[:space:]]*//p')
{
    printf 'root=/dev/mapper/root ro quiet loglevel=3 systemd.show_status=0 vt.global_cursor_default=0 '
    printf 'init_on_alloc=1 init_on_free=1 panic=10 kiosk.roothash=%s ' "$hash"
    printf 'kiosk.data=/dev/disk/by-partlabel/kiosk kiosk.hash=/dev/disk/by-partlabel/kiosk-hashes\n'
} > "$folder/kernel-line"
