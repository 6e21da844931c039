// Telling a story: what would be refused for want of a choice is neither sent nor kept, since whoever could put it right
// may be gone by the time it is sent. `[data-weft-choose]` holds the choices and what is said where none is made.

const choice = document.querySelector("[data-weft-choose]");

addEventListener(
  "submit",
  (event) => {
    if (!event.target.contains(choice)) return;
    const isMissing = !choice.querySelector("input:checked") && event.target.elements.text.value.trim() !== "";
    choice.querySelector("[role=alert]").hidden = !isMissing;
    if (!isMissing) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    choice.querySelector("input").focus();
  },
  { capture: true },
);
