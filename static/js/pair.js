// Zoom for the comparison of two photographs: by buttons, by keys, by dragging. Both frames always
// show the same part at the same size. Without this the page is complete: each photograph has a
// link to itself.
"use strict";

(() => {
  const STEP = 1.25, CLOSEST = 8, STRIDE = 0.08;
  const pair = document.getElementById("pair");
  if (!pair) return;
  const frames = [...pair.querySelectorAll(".pair__frame:not(.pair__frame--empty)")];
  const view = { zoom: 1, x: 0, y: 0 };

  // x and y are shares of the frame; no edge of the photograph may leave its frame.
  const show = () => {
    const room = (view.zoom - 1) / 2;
    view.x = Math.max(-room, Math.min(room, view.x));
    view.y = Math.max(-room, Math.min(room, view.y));
    for (const frame of frames) {
      frame.firstElementChild.style.transform =
        `translate(${view.x * 100}%, ${view.y * 100}%) scale(${view.zoom})`;
    }
  };

  const zoom = (factor) => {
    const next = Math.max(1, Math.min(CLOSEST, view.zoom * factor));
    const change = next / view.zoom;
    Object.assign(view, { zoom: next, x: view.x * change, y: view.y * change });
    show();
  };
  const move = (x, y) => { view.x += x; view.y += y; show(); };
  const acts = {
    in: () => zoom(STEP),
    out: () => zoom(1 / STEP),
    reset: () => { Object.assign(view, { zoom: 1, x: 0, y: 0 }); show(); },
  };
  const keys = {
    "+": acts.in, "=": acts.in, "-": acts.out, "−": acts.out, "0": acts.reset,
    ArrowLeft: () => move(STRIDE, 0), ArrowRight: () => move(-STRIDE, 0),
    ArrowUp: () => move(0, STRIDE), ArrowDown: () => move(0, -STRIDE),
  };

  const press = (event) => {
    const act = keys[event.key];
    // At whole size the arrows scroll the page, as everywhere.
    const scrolls = event.key.startsWith("Arrow") && view.zoom === 1;
    if (!act || scrolls || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  };

  const drag = (event) => {
    if (!(event.buttons & 1)) return;
    const box = event.currentTarget.getBoundingClientRect();
    move(event.movementX / box.width, event.movementY / box.height);
  };

  const tools = pair.querySelector(".pair__tools");
  tools.hidden = false;
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom]");
    if (button) acts[button.dataset.zoom]();
  });
  for (const frame of frames) {
    frame.tabIndex = 0;
    frame.setAttribute("role", "group");
    frame.setAttribute("aria-label", frame.dataset.label);
    frame.setAttribute("aria-describedby", "pair-keys");
    frame.classList.add("pair__frame--moves");
    frame.addEventListener("keydown", press);
    frame.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      frame.focus({ preventScroll: true });
      frame.setPointerCapture(event.pointerId);
    });
    frame.addEventListener("pointermove", drag);
  }
})();
