// Hiding a part of a text: the first word and the last one choose all between them.

const field = document.querySelector("[data-weft-tap]")?.closest("fieldset");
const boxes = [...(field?.querySelectorAll("input[type=checkbox]") ?? [])];
let first = null;

function choose(event) {
  const at = boxes.indexOf(event.target);
  if (at < 0) return;
  if (!event.target.checked || first === null) {
    first = event.target.checked ? at : null;
    return;
  }
  const [from, to] = [Math.min(first, at), Math.max(first, at)];
  for (const box of boxes.slice(from, to + 1)) box.checked = true;
  first = null;
}

if (field) {
  const legend = field.querySelector("[data-weft-tap]");
  legend.textContent = legend.dataset.weftTap;
  field.addEventListener("change", choose);
}
