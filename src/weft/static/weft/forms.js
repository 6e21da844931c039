// Every page with a form: shows what is wrong first, sends once, and lets a stitch be taken out again.

export function focusErrors() {
  document.querySelector("[data-weft-errors]")?.focus();
}

focusErrors();

// A second tap on "Save" while the first is on its way does nothing. The key in the form guards the server as well.
const sending = new WeakSet();
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "get") return;
  if (sending.has(form)) {
    event.preventDefault();
    return;
  }
  sending.add(form);
  for (const button of form.querySelectorAll("button:not([type=button])")) button.setAttribute("aria-disabled", "true");
});

// Back from the next page: the same form may be sent again.
addEventListener("pageshow", () => {
  for (const form of document.forms) {
    sending.delete(form);
    for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
  }
});

// Seven stitches: the one that is set, tapped again, leaves the row empty; so do Space, Delete and Backspace on it.
document.addEventListener("pointerdown", ({ target }) => {
  for (const radio of document.querySelectorAll("[data-was-set]")) delete radio.dataset.wasSet;
  const radio = target.closest?.(".weft-slide label")?.querySelector("input");
  if (radio?.checked) radio.dataset.wasSet = "yes";
});
document.addEventListener("click", ({ target }) => {
  if (target.dataset?.wasSet !== "yes") return;
  target.checked = false;
  delete target.dataset.wasSet;
});
document.addEventListener("keydown", (event) => {
  const radio = event.target;
  if (!radio.matches?.(".weft-slide input:checked") || ![" ", "Delete", "Backspace"].includes(event.key)) return;
  event.preventDefault();
  radio.checked = false;
});
