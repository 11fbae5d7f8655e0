#!/bin/sh
# Adds the queue "slip", once, as root, while visitor-kiosk-print runs and the printer is on.
#   $1: where the printer is, such as ipp://192.0.2.7/ipp/print; $2: its driver, everywhere if nobody says (lpinfo -m).
# The queue is kept in /etc/visitor-kiosk/cups, from where each start of the server has it.
set -eu
server=/run/visitor-kiosk-print/cups.sock
made=/run/visitor-kiosk-print-server/etc
kept=/etc/visitor-kiosk/cups

within() { # $1 seconds until the rest, a command, has succeeded
    tries=$1
    shift
    until "$@" 2> /dev/null; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || return 1
        sleep 1
    done
}
# shellcheck disable=SC2317 # within calls it
answers() { LC_ALL=C lpstat -h "$server" -r | grep -q "is running"; }
add() {
    lpadmin -h "$server" -x slip 2> /dev/null || true
    lpadmin -h "$server" -p slip -E -v "$1" -m "${2:-everywhere}" \
        -o printer-error-policy=abort-job -o printer-is-shared=false || return 1
    # Not every lpadmin tells that the printer did not answer: then the server has nothing to say of it.
    within 30 test -s "$made/ppd/slip.ppd"
}

within 30 answers || {
    echo "The print server is not there: systemctl status visitor-kiosk-print" >&2
    exit 1
}
added=0
if add "$@"; then
    install -D -m 644 -t "$kept" "$made/printers.conf"
    install -D -m 644 -t "$kept/ppd" "$made/ppd/slip.ppd"
else
    echo "No printer answers at $1; look whether it is on and whether the address is right." >&2
    added=1
fi
systemctl restart visitor-kiosk-print.service # with the queue as it is kept, and without what adding it has left
within 30 answers || exit 1
exit "$added"
