"""Pictures of the peer: the kiosk's own icons and codes as drawings in the page: no file to decode."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby

from kiosk.house import ASSETS
from kiosk.takeaway.code import QUIET_ZONE, entry_modules


@lru_cache(maxsize=256)
def icon(name: str, css_class: str = "") -> str:
    """Return one of the kiosk's icons as SVG, sized and coloured by the style sheet."""
    drawing = (ASSETS / "icons" / f"{name}.svg").read_text()
    inner = re.sub(r">\s+<", "><", re.sub(r"^.*?<svg[^>]*>|</svg>\s*$", "", drawing, flags=re.DOTALL)).strip()
    kind = f' class="{css_class}"' if css_class else ""
    return f'<svg{kind} viewBox="0 0 24 24">{inner}</svg>'


def code_svg(payload: str, side: int) -> str:
    """Return the code of a payload as SVG at whole px to a module, at most `side` px."""
    modules = entry_modules(payload)
    total = len(modules) + 2 * QUIET_ZONE
    px = max(1, side // total) * total
    path = []
    for y, row in enumerate(modules):
        x = QUIET_ZONE
        for black, run in groupby(row):
            length = len(list(run))
            if black:
                path.append(f"M{x} {y + QUIET_ZONE}h{length}v1h-{length}z")
            x += length
    return (
        f'<svg width="{px}" height="{px}" viewBox="0 0 {total} {total}" shape-rendering="crispEdges" '
        f'style="margin:0 auto;background:#fff"><path d="{"".join(path)}"/></svg>'
    )
