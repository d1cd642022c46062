// A lost line, a failed swap, a session that has ended: said at the foot of the window, with the way on.

const flash = document.querySelector("[data-flash]");

function say(text, again) {
  flash.textContent = text;
  if (!again) return;
  const button = document.createElement("button");
  button.className = "btn btn-secondary btn-small";
  button.type = "button";
  button.textContent = flash.dataset.again;
  button.addEventListener("click", () => {
    flash.textContent = "";
    again();
  });
  flash.append(" ", button);
}

// Only the change counts: a machine may serve its pages to itself without any line.
window.addEventListener("offline", () => say(flash.dataset.offline));
window.addEventListener("online", () => {
  say(flash.dataset.online);
  setTimeout(() => {
    if (flash.textContent === flash.dataset.online) flash.textContent = "";
  }, 4000);
});

const anew = (element) => {
  if (element instanceof HTMLFormElement) element.requestSubmit();
  else if (element.matches("a, button")) element.click();
  else location.reload();
};
const failed = ({ detail }) => say(flash.dataset.failed, () => anew(detail.elt));
document.addEventListener("htmx:sendError", failed);
document.addEventListener("htmx:timeout", failed);

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const { xhr, elt } = detail;
  if (xhr.status >= 500 || xhr.status === 429) {
    failed({ detail });
  } else if (xhr.responseURL && new URL(xhr.responseURL).pathname === "/masuk" && location.pathname !== "/masuk") {
    // The session has ended, and the answer is the page to sign in on.
    detail.shouldSwap = false;
    location.assign(`/masuk?lanjut=${encodeURIComponent(location.pathname + location.search)}`);
  } else if (xhr.status === 401 || xhr.status === 403) {
    // Sent in full, the form gets the page that keeps what was written.
    if (elt instanceof HTMLFormElement) elt.submit();
    else location.reload();
  }
});
