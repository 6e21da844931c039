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

// Seven stitches: tapping the one that is set leaves the row empty again.
document.addEventListener("pointerdown", remember);
document.addEventListener("keydown", (event) => event.key === " " && remember(event));
document.addEventListener("click", (event) => {
  const radio = event.target;
  if (radio.dataset?.wasSet !== "yes") return;
  radio.checked = false;
  delete radio.dataset.wasSet;
});

function remember(event) {
  for (const radio of document.querySelectorAll(".weft-slide input")) delete radio.dataset.wasSet;
  const radio = event.target.closest?.(".weft-slide label")?.querySelector("input");
  if (radio?.checked) radio.dataset.wasSet = "yes";
}
