// What the browser can add to pages that are complete without it.
"use strict";

(() => {
  // The error summary takes focus; without JavaScript its autofocus attribute does.
  const focusErrors = (root) => {
    const summary = root.querySelector("#error-summary");
    if (summary) summary.focus();
  };

  // A link of the summary leads to the control itself, not only to its place on the page.
  const followToField = (event) => {
    const link = event.target.closest(".error-summary a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    field.focus({ preventScroll: true });
    (field.closest(".usa-form-group") || field).scrollIntoView({ block: "center" });
  };

  // Counts the characters left below long texts; spoken only after typing has paused.
  const countCharacters = (place) => {
    const field = document.getElementById(place.dataset.countOf);
    if (!field || place.dataset.ready) return;
    place.dataset.ready = "yes";
    const limit = Number(place.dataset.limit);
    const spoken = document.createElement("span");
    spoken.className = "usa-sr-only";
    spoken.setAttribute("role", "status");
    place.after(spoken);
    let pause;
    const update = () => {
      const left = limit - Array.from(field.value).length;
      place.textContent = `${left < 0 ? place.dataset.over : place.dataset.left} ${Math.abs(left)}`;
      place.classList.toggle("character-count--over", left < 0);
      clearTimeout(pause);
      pause = setTimeout(() => { spoken.textContent = place.textContent; }, 1000);
    };
    // Text beyond the limit is kept and marked, never cut off while someone pastes.
    field.removeAttribute("maxlength");
    field.addEventListener("input", update);
    if (field.value) update();
  };

  // A double press of a button does not submit twice. The server refuses it too; here the second
  // press is dropped for a moment only, so that one may try again when the network failed.
  const DOUBLE_PRESS_MS = 2000;
  const submitOnce = (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (event.timeStamp - Number(form.dataset.sent || -DOUBLE_PRESS_MS) < DOUBLE_PRESS_MS) {
      event.preventDefault();
    } else {
      form.dataset.sent = String(event.timeStamp);
    }
  };

  const prepare = (root) => root.querySelectorAll("[data-count-of]").forEach(countCharacters);

  document.addEventListener("click", followToField);
  document.addEventListener("submit", submitOnce);
  document.addEventListener("htmx:load", (event) => prepare(event.target));
  document.addEventListener("DOMContentLoaded", () => { prepare(document); focusErrors(document); });
})();
