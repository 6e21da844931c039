// A receipt's QR code holds the words behind "#", which no server, log or referrer ever sees: this puts them into the
// form, forgets them from the address, and sends the form. The form is `form[data-weft-receipt]` with the fields
// `code` and `words`; "#pool-copper-lantern-tide-maple" is the conversation's code and the four words.

function open() {
  const form = document.querySelector("form[data-weft-receipt]");
  let parts;
  try {
    parts = decodeURIComponent(location.hash.slice(1)).split("-").filter(Boolean);
  } catch {
    return;
  }
  if (!form || parts.length < 5) return;
  history.replaceState(null, "", location.pathname + location.search);
  form.elements.words.value = parts.slice(-4).join(" ");
  form.elements.code.value = parts.slice(0, -4).join("-");
  form.requestSubmit();
}

addEventListener("hashchange", open);
open();
