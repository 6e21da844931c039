// A device in table mode: whoever has been still for long is asked whether they are there, and forgotten if nobody answers.
//
// Marks in the page: `dialog[data-weft-still]` is the question, with `data-still`, the seconds until it is asked, and
// `data-asked`, those to answer it; `[data-weft-over]` in it says that somebody has finished. Forgetting is pressing
// the button of `form[data-weft-finished]`, which part.js knows. `[data-weft-print]` prints. When somebody was there last
// is kept beside the pages, so that a device which slept, or whose browser was closed, forgets at once.

const SEEN = "weft-seen";
const OFTEN = 250; // milliseconds between two touches that are worth noting
const AGAIN = 5000; // milliseconds until the next try to forget, where the last one led nowhere
const root = document.documentElement;
const dialog = document.querySelector("dialog[data-weft-still]");
const form = document.querySelector("form[data-weft-finished]");
const still = Number(dialog?.dataset.still) * 1000;
const end = still + Number(dialog?.dataset.asked) * 1000;
let seen = 0;
let tried = 0;

function lastSeen() {
  try {
    return Number(localStorage.getItem(SEEN)) || seen;
  } catch {
    return seen;
  }
}

const rest = () => Math.abs(Date.now() - lastSeen()); // a clock that was put back counts as stillness too

function note() {
  seen = Date.now();
  try {
    localStorage.setItem(SEEN, String(seen));
  } catch {
    // storage is full or switched off: this page alone knows
  }
}

// Everything of theirs leaves the screen at once; what part.js still has to send may take longer.
function over() {
  root.dataset.over = "yes";
  dialog.close();
  if (Date.now() - tried < AGAIN) return;
  tried = Date.now();
  form.requestSubmit();
}

function look() {
  if (root.dataset.over || rest() >= end) over();
  else if (rest() >= still && !dialog.open) dialog.showModal?.();
  else if (rest() < still && dialog.open) dialog.close(); // somebody is there in another window
}

// A touch after the time has passed may be that of the next person: it is asked about like any stillness.
function here() {
  if (root.dataset.over || dialog?.open || Math.abs(Date.now() - seen) < OFTEN) return;
  if (dialog && rest() >= still) look();
  else note();
}

for (const kind of ["keydown", "input", "pointerdown", "pointermove", "wheel", "scroll", "touchstart", "click"]) {
  addEventListener(kind, here, { capture: true, passive: true });
}
addEventListener("pagehide", here); // a page that took long to come is nobody's stillness

if (dialog) {
  if (!lastSeen()) note();
  dialog.querySelector("form").addEventListener("submit", note);
  dialog.addEventListener("cancel", note);
  dialog.addEventListener("mousedown", (event) => {
    if (!event.target.closest("button")) event.preventDefault(); // the button keeps the focus, for whoever has keys
  });
  dialog.querySelector("[data-weft-over]").addEventListener("click", over);
  document.addEventListener("visibilitychange", look);
  setInterval(look, 1000);
  look();
} else {
  note();
}

for (const button of document.querySelectorAll("[data-weft-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    print();
    note(); // whoever printed was there, however long that took
  });
}
