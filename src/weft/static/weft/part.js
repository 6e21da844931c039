// Taking part on a bad connection: an answer goes without a page load, or is kept on this phone and sent once later.
//
// Marks in the page: `form[data-weft-send]` is sent by this script (the page works the same without it); the hidden
// field `key` makes an answer that arrives twice count once; `#card` is replaced by the `#card` of the reply;
// `#kept` (role="status", hidden) says that something is kept.

import { focusErrors } from "./forms.js";

const KEPT = "weft-kept";
const PATIENCE = 15000; // milliseconds for one answer on a bad connection; the key makes a second try harmless

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? [];
  } catch {
    return [];
  }
}

function keep(answers) {
  try {
    if (answers.length) localStorage.setItem(KEPT, JSON.stringify(answers));
    else localStorage.removeItem(KEPT);
    return true;
  } catch {
    return false; // storage is full or switched off
  }
}

function say(on) {
  const place = document.getElementById("kept");
  if (place) place.hidden = !on;
  document.documentElement.dataset.kept = String(kept().length);
}

const post = ({ url, body }) =>
  fetch(url, {
    method: "POST",
    body,
    signal: AbortSignal.timeout?.(PATIENCE),
    credentials: "same-origin",
    headers: { "Content-Type": "application/x-www-form-urlencoded", "X-Requested-With": "weft" },
  });

// The second half of a double tap must not answer the next card, which nobody can have read yet.
let shownAt = -1000;
const TAP = 350; // milliseconds
document.addEventListener(
  "click",
  (event) => {
    if (!event.target.closest?.("form[data-weft-send] button")) return;
    const tooSoon = event.pointerType === "touch" && performance.now() - shownAt < TAP;
    if (event.detail > 1 || tooSoon) event.preventDefault();
  },
  { capture: true },
);

// Worth another try later: nobody answered, or the server asks to wait. Anything else is an answer.
const comeBack = (reply) => reply.status >= 500 || reply.status === 429;

async function show(reply) {
  if (reply.redirected) {
    location.assign(reply.url);
    return;
  }
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  const card = page.getElementById("card");
  const here = document.getElementById("card");
  if (reply.ok && card && here) {
    here.replaceWith(card);
    shownAt = performance.now();
    card.tabIndex = -1;
    card.focus({ preventScroll: true });
    if (card.getBoundingClientRect().top < 0) card.scrollIntoView();
  } else if (page.querySelector("main")) {
    document.querySelector("main").replaceWith(page.querySelector("main"));
    if (page.title) document.title = page.title;
    focusErrors();
  } else {
    location.reload();
  }
}

let busy = false;

// Sends what is kept, oldest first. One tab at a time where the browser can tell.
async function sendKept() {
  if (busy || navigator.onLine === false || !kept().length) return;
  busy = true;
  const work = async () => {
    let last = null;
    for (let answers = kept(); answers.length; answers = kept()) {
      let reply;
      try {
        reply = await post(answers[0]);
      } catch {
        break;
      }
      if (comeBack(reply)) break;
      last = reply;
      keep(kept().filter((answer) => answer.key !== answers[0].key));
    }
    if (last && !kept().length) await show(last);
  };
  try {
    await (navigator.locks ? navigator.locks.request(KEPT, work) : work());
  } finally {
    busy = false;
    say(kept().length > 0);
  }
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("[data-weft-send]") || form.enctype === "multipart/form-data") return;
  const data = new FormData(form);
  const button = event.submitter;
  if (button?.name) data.set(button.name, button.value);
  const answer = { url: form.action, body: new URLSearchParams(data).toString(), key: String(data.get("key") ?? Date.now()) };
  event.preventDefault();
  let reply = null;
  try {
    reply = await post(answer);
  } catch {
    // no connection: kept below
  }
  if (reply && !comeBack(reply)) {
    await show(reply);
    if (kept().length) sendKept();
    return;
  }
  if (!keep([...kept().filter((other) => other.key !== answer.key), answer])) {
    form.submit(); // the browser's own page says that there is no connection, and Back brings the form again
    return;
  }
  say(true);
});

addEventListener("online", sendKept);
setInterval(sendKept, 5000);
say(kept().length > 0);
sendKept();
document.documentElement.dataset.ready = "yes";

// "Leave this page" takes this page's place, so that the back button does not lead here again.
document.addEventListener("click", (event) => {
  const way = event.target.closest?.("a.weft-leave");
  if (!way) return;
  event.preventDefault();
  location.replace(way.href);
});
