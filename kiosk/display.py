"""What to say when there is nothing to draw on. No Qt here: these words are needed when Qt is not."""

EXIT_NO_DISPLAY = 2  # that of every refusal: without the libraries of Qt, too
NO_DISPLAY = """visitor-kiosk: there is no display to draw on. Do one of these:
  - run it in a desktop session, or set DISPLAY or WAYLAND_DISPLAY to one that is running
  - on a bare terminal, as an ordinary user, run it inside a compositor (cage needs xwayland on Debian 12):
      cage -- {python} run_kiosk.py
  - to try it without a screen:
      xvfb-run -s '-screen 0 1080x1920x24' {python} run_kiosk.py
  - to get pictures of all pages without a display:
      {python} run_kiosk.py proof --out pictures
Qt said: {said}
"""
NO_LIBRARIES = """visitor-kiosk: Qt cannot be loaded: {fault}
  On Debian:  apt-get install libegl1 libgl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libxkbcommon-x11-0 \\
              libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libwayland-cursor0 \\
              libwayland-egl1 fonts-noto-core tzdata
"""
