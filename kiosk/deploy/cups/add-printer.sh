#!/bin/sh
# Adds the queue, once, as root. $1: where the printer is, such as usb://EPSON/TM-T20 (lpinfo -v lists them).
set -eu
exec lpadmin -h /run/visitor-kiosk-print/cups.sock -p slip -E -v "$1" -m everywhere \
    -o printer-error-policy=abort-job -o printer-is-shared=false
