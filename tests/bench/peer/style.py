"""The style sheet and the script of the peer, written by hand: no framework, no web font, no picture file.

How pages are shown was chosen by measuring, not by taste; the comments in `SCRIPT` and `css` say what won.
"""

from __future__ import annotations

from peer.layout import Layout

SCRIPT = """
"use strict";
const body = document.body, trail = [], byId = id => document.getElementById(id);
let shown = byId("lobby"), held = null;
// All pages stand ready in the document; showing one is a change of class. Only a very large directory keeps
// its entries in files of their own. A page in use is a layer of its own above the lobby, and so is the
// lobby: hiding drops a layer and paints nothing anew (measured: 19 ms; without layers 28 ms, with the lobby
// taken out and put back 27 ms, with all pages laid out but invisible 28 ms, medians of 27).
function show(page) {
  if (page.id === "lobby") { leave(); return; }
  if (page === shown) return;
  page.classList.add("on");
  if (shown.id !== "lobby") shown.classList.remove("on");
  shown = page;
}
function open(id) {
  const page = byId(id);
  if (page) { trail.push(shown); show(page); } else fetchShard(id);
}
function fetchShard(id) {
  const tag = document.createElement("script");
  tag.src = "entries-" + Math.floor(id.slice(2) / SHARD) + ".js";
  tag.onload = () => open(id);
  document.head.append(tag);
}
function addEntries(html) { byId("entries").insertAdjacentHTML("beforeend", html); }
function turn(id) {
  shown.querySelectorAll(".choice").forEach(one => one.classList.toggle("now", one.dataset.way === id));
}
// The press itself hides, as in the kiosk; a click would come only when the finger lifts.
document.addEventListener("pointerdown", event => {
  held = event.target.closest("[data-go],[data-way],.back,.strip");
  if (held && held.classList.contains("strip")) { held = null; leave(); }
});
document.addEventListener("pointerup", event => {
  if (!held || event.target.closest("[data-go],[data-way],.back,.strip") !== held) return;
  if (held.classList.contains("back")) show(trail.pop() || byId("lobby"));
  else if (held.dataset.way) turn(held.dataset.way);
  else open(held.dataset.go);
});
document.addEventListener("contextmenu", event => event.preventDefault());
"""

COVER = """
function leave() {
  if (shown.id !== "lobby") shown.classList.remove("on");
  shown = byId("lobby");
  trail.length = 0;
}
"""

EXIT_THIS_PAGE = """
// As "Exit this page" of the GOV.UK Design System does it: hide all, lay white over it, go elsewhere.
function leave() {
  body.classList.add("leaving");
  const overlay = document.createElement("div");
  overlay.className = "overlay";
  overlay.setAttribute("role", "alert");
  body.append(overlay);
  overlay.textContent = "Loading.";
  location.replace("index.html");
}
"""

LOBBY_ONLY = """
"use strict";
let held = null;
document.addEventListener("pointerdown", event => { held = event.target.closest("[data-go]"); });
document.addEventListener("pointerup", event => {
  const tile = held && event.target.closest("[data-go]") === held ? held.dataset.go : "";
  if (tile) location.replace("directory.html#" + tile);
});
document.addEventListener("contextmenu", event => event.preventDefault());
"""

ARRIVE = """
if (location.hash.length > 1) open(location.hash.slice(1));
"""


def css(layout: Layout) -> str:
    """Return the style sheet: 1 rem is 10 mm of a roomy panel, colours are the kiosk's."""
    return f"html{{font-size:{10 * layout.unit:.3f}px}}" + _CSS


_CSS = """
*{box-sizing:border-box;margin:0}
body{overflow:hidden;background:#f5f1e8;color:#1b2730;font:.73rem/1.36 "Noto Sans","DejaVu Sans",sans-serif;
 user-select:none;-webkit-user-select:none;touch-action:none;cursor:default}
.page{position:absolute;inset:0;display:none;background:#f5f1e8;contain:strict;
 will-change:transform}
#lobby{display:block}
.page.on{display:block}
.banner{position:absolute;inset:0 0 auto 0;background:#173f4e;color:#fff;padding:.7rem .9rem;overflow:hidden}
.banner .arch{position:absolute;left:48%;top:-.6rem;height:120%;fill:none;stroke:#265b6b;stroke-width:3}
.banner b{position:relative;display:block;height:1.5rem;line-height:1.5rem}
.banner h1{position:relative;font-size:1.34rem;line-height:1.2;margin-top:.75rem}
.banner p{position:relative}
.back{position:absolute;border:1px solid #fff;border-radius:.75rem;background:#173f4e;color:#fff;
 font-weight:700;display:flex;align-items:center;justify-content:center;gap:.15rem}
.back svg{width:.75rem;height:.75rem}
.tile,.row,.card,.note,.button{position:absolute;background:#fff;border:1px solid #8b8371;
 border-radius:.45rem}
.tile svg,.row svg,.button svg,.strip svg,.note svg,.back svg{fill:none;stroke:currentColor;stroke-width:2.2;
 stroke-linecap:round;stroke-linejoin:round;flex:none}
.tile{padding:.6rem;display:flex;flex-direction:column;justify-content:space-between}
.tile svg{width:1.5rem;height:1.5rem;color:#123643}
.tile h2,.row h2{font-size:.91rem;line-height:1.2}
.tile:active,.row:active{background:#e8f0f0}
.warm{background:#fbebdd;color:#552811;border-color:#552811}.warm svg{color:#552811}
.main,.main:active{background:#173f4e;color:#fff;border-color:#173f4e}.main svg{color:#fff}
.wide{flex-direction:row;justify-content:flex-start;align-items:center;gap:.4rem}
.row{padding:0 .6rem;display:flex;align-items:center;gap:.4rem}
.row div{flex:1}
.row p{color:#212e38}
.row svg{width:.85rem;height:.85rem}.row .icon{width:1.2rem;height:1.2rem}
.badge{display:inline-block;background:#e3ecec;color:#123643;font-weight:700;border-radius:.15rem;
 padding:0 .3rem}
.note{background:#e3ecec;color:#123643;border-color:#ddd6c6;padding:0 .6rem;display:flex;align-items:center;
 gap:.5rem;line-height:1.3}
.note svg{width:.85rem;height:.85rem}
.button{display:flex;align-items:center;justify-content:center;gap:.3rem;font-weight:700;border-color:#173f4e;
 color:#173f4e}
.button svg{width:.85rem;height:.85rem}
.card{border-color:#ddd6c6;padding:.4rem .6rem;overflow:hidden}
.numbers{display:flex;flex-direction:column;justify-content:center;gap:.3rem}
.line p{display:flex;justify-content:space-between}
.line strong{display:block;font-size:2.66rem;line-height:1.1;white-space:nowrap;font-feature-settings:"tnum"}
.several strong{font-size:1.7rem}
.choice{display:none}
.choice.now{display:block}
.button.choice{display:flex}
.button.choice.now{background:#173f4e;color:#fff}
.code{position:absolute}
.code svg{display:block}
.code p{text-align:center;overflow-wrap:anywhere;font-size:.6rem}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:.1rem .5rem;align-content:center;
 line-height:1.28}
.facts.tight{font-size:.6rem}
.facts dt{font-weight:700}.facts dd{margin:0}
.steps{overflow:hidden}.steps li{margin-left:.9rem}.steps.plain li{list-style:none;margin-left:0}
.steps h2{font-size:.8rem}.steps.tight{font-size:.58rem}.steps.tight h2{font-size:.64rem}
.strip{position:absolute;inset:auto 0 0 0;background:#24323c;color:#fff;font-weight:700;font-size:.91rem;
 display:flex;align-items:center;justify-content:center;gap:.35rem}
.strip svg{width:.95rem;height:.95rem}
.leaving>*{display:none!important}
.leaving>.overlay{display:block!important;position:fixed;inset:0;z-index:9999;background:#fff;color:#0b0c0c}
"""
