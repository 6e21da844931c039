// Taking part on a bad connection and on a device that others use too.
//
// Marks in the page: `form[data-weft-send]` is sent by this script without a page load, or kept on this phone and sent
// once later; the hidden field `key` makes an answer that arrives twice count once; `#card` is replaced by the `#card`
// of the reply; `#kept` (role="status", hidden) says that something is kept. `form[data-weft-finished]` makes the device
// forget whoever took part; `#waiting` says what it waits for. The page works the same without this script.

import { focusErrors } from "./forms.js";

const KEPT = "weft-kept";
const FINISHED = "weft-finished";
const PATIENCE = 15000; // milliseconds for one answer on a bad connection; the key makes a second try harmless
const OFTEN = 5000;
const at = (id) => document.getElementById(id);

function stored(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

function store(name, value) {
  try {
    if (value) localStorage.setItem(name, JSON.stringify(value));
    else localStorage.removeItem(name);
    return true;
  } catch {
    return false; // storage is full or switched off
  }
}

const kept = () => stored(KEPT) ?? [];
const keep = (answers) => store(KEPT, answers.length && answers);

function say(on) {
  if (at("kept")) at("kept").hidden = !on;
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
  const here = at("card");
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

// What was kept has been sent. Somebody who finished is shown only what was refused, and may then finish once more.
async function showSent(reply) {
  if (reply.ok && (stored(FINISHED) || !at("kept"))) return;
  if (store(FINISHED, null)) await show(reply);
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
      if (!last || last.ok) last = reply;
      keep(kept().filter((answer) => answer.key !== answers[0].key));
    }
    if (last && !kept().length) await showSent(last);
  };
  try {
    await (navigator.locks ? navigator.locks.request(KEPT, work) : work());
  } finally {
    busy = false;
    say(kept().length > 0);
  }
}

async function send(form, button) {
  const data = new FormData(form);
  if (button?.name) data.set(button.name, button.value);
  const answer = { url: form.action, body: new URLSearchParams(data).toString(), key: String(data.get("key") ?? Date.now()) };
  let reply = null;
  try {
    reply = await post(answer);
  } catch {
    // no connection: kept below
  }
  if (reply && !comeBack(reply)) {
    await show(reply);
    if (kept().length) sendKept();
  } else if (keep([...kept().filter((other) => other.key !== answer.key), answer])) {
    say(true);
  } else {
    form.submit(); // the browser's own page says that there is no connection, and Back brings the form again
  }
}

let finishing = false;

// Sends what is kept in the name of whoever wrote it, then makes the device forget them. Until the server has answered,
// the page shows nothing of theirs; one that is opened meanwhile goes on waiting.
async function finish() {
  if (finishing || !stored(FINISHED)) return;
  finishing = true;
  let reply = null;
  try {
    await sendKept();
    if (stored(FINISHED) && !kept().length) reply = await post({ url: stored(FINISHED), body: "" });
  } catch {
    // no connection: another try later
  }
  finishing = false;
  const isOver = reply && !comeBack(reply);
  const waits = !isOver && stored(FINISHED);
  if (waits) document.querySelector("main").replaceChildren();
  document.querySelector("form[data-weft-finished]").hidden = waits;
  at("waiting").hidden = !waits;
  at("waiting-kept").hidden = !kept().length;
  if (isOver) {
    store(FINISHED, null);
    location.replace(reply.redirected ? reply.url : "/");
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("[data-weft-send]") || form.enctype === "multipart/form-data") return;
  event.preventDefault();
  send(form, event.submitter);
});

// Before forms.js, which lets a form go but once: whoever was refused finishes twice.
document.addEventListener(
  "submit",
  (event) => {
    if (!event.target.matches("[data-weft-finished]") || !store(FINISHED, event.target.action)) return;
    event.preventDefault();
    finish();
  },
  { capture: true },
);

at("delete-kept")?.addEventListener("click", () => {
  keep([]);
  finish();
});

const goOn = () => (stored(FINISHED) ? finish() : sendKept());
addEventListener("online", goOn);
setInterval(goOn, OFTEN);
say(kept().length > 0);
goOn();
document.documentElement.dataset.ready = "yes";

// Back shows no page out of the browser's memory: the server says what whoever is here now may see.
addEventListener("pagehide", () => {
  document.documentElement.hidden = true;
});
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

// "Leave this page" takes this page's place, so that the back button does not lead here again.
document.addEventListener("click", (event) => {
  const way = event.target.closest?.("a.weft-leave");
  if (!way) return;
  event.preventDefault();
  location.replace(way.href);
});
