// Taking a passage: what is selected in the text goes into the field, with its exact place in code points.

const text = document.querySelector("[data-weft-text]");
const form = document.querySelector("[data-weft-passage]");
const said = form?.querySelector("[data-weft-said]");
const points = (words) => [...words].length;

function place(node, offset) {
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(node, offset);
  return points(before.toString());
}

function take() {
  const selection = getSelection();
  if (selection.rangeCount === 0 || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
  const words = range.toString();
  const trimmed = words.trim();
  if (!trimmed) return;
  const start = place(range.startContainer, range.startOffset) + points(words.slice(0, words.indexOf(trimmed)));
  form.elements.passage.value = trimmed;
  form.elements.start.value = start;
  form.elements.end.value = start + points(trimmed);
  said.textContent = `Selected: ${points(trimmed)} characters.`;
}

if (text && form) {
  said.textContent = "Or select the passage in the text.";
  document.addEventListener("selectionchange", take);
  form.elements.passage.addEventListener("input", () => {
    form.elements.start.value = form.elements.end.value = "";
    said.textContent = "";
  });
}
