// Conveniences only: every page does its whole work without this file. Listeners sit on the document, so
// that rows and pages that come later have them too.

const within = (event, selector) => (event.target instanceof Element ? event.target.closest(selector) : null);

// --- Repeated rows ------------------------------------------------------------------------------------

function addRow(list) {
  const spare = list.querySelector(":scope > template");
  const index = list.dataset.next;
  list.dataset.next = Number(index) + 1;
  const draft = document.createElement("template");
  draft.innerHTML = spare.innerHTML.replaceAll("__i__", index).replaceAll("__n__", Number(index) + 1);
  const row = draft.content.firstElementChild;
  spare.before(row);
  row.querySelector("input, textarea, select")?.focus();
}

function removeRow(list, row) {
  const neighbour = row.previousElementSibling ?? row.nextElementSibling;
  row.remove();
  // Focus must not fall back to the top of the page.
  const next = neighbour?.querySelector("input, textarea, select") ?? list.querySelector("[data-repeat-add]");
  next?.focus();
}

document.addEventListener("click", (event) => {
  const button = within(event, "[data-repeat-add], [data-repeat-remove]");
  const list = button?.closest("[data-repeat]");
  if (!list) return;
  event.preventDefault();
  if (button.matches("[data-repeat-add]")) addRow(list);
  else removeRow(list, button.closest("[data-repeat-item]"));
});

// --- Character counts and growing text ------------------------------------------------------------------

function count(line) {
  const field = document.getElementById(line.dataset.countFor);
  if (!field) return;
  // Code points, as the server counts; a line break is one sign on both sides.
  const left = Number(line.dataset.max) - [...field.value].length;
  line.textContent = (left < 0 ? line.dataset.over : line.dataset.left).replace("{n}", Math.abs(left));
  line.classList.toggle("count-over", left < 0);
}

function grow(area) {
  if (area.scrollHeight > area.clientHeight) area.style.height = `${area.scrollHeight + 2}px`;
}

document.addEventListener("input", ({ target }) => {
  if (!(target instanceof Element)) return;
  if (target.id) document.querySelectorAll(`[data-count-for="${CSS.escape(target.id)}"]`).forEach(count);
  if (target.matches("textarea[data-grow]")) grow(target);
});

document.querySelectorAll("textarea[data-grow]").forEach(grow);

// --- Sending ----------------------------------------------------------------------------------------------

const sent = new WeakSet();

document.addEventListener("submit", (event) => {
  const question = event.submitter?.dataset.confirm;
  if (question && !window.confirm(question)) {
    event.preventDefault();
    return;
  }
  // A second tap on a slow line must not send twice.
  if (event.target.method !== "post") return;
  if (sent.has(event.target)) event.preventDefault();
  sent.add(event.target);
});

// A page taken back from the history must be able to send again.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form").forEach((form) => sent.delete(form));
});

// --- After a refusal, start at the summary of errors; an open account menu closes on Escape or a click elsewhere ---

document.querySelector("[data-focus]")?.focus();

const closeAccount = (except) =>
  document.querySelectorAll(".account[open]").forEach((menu) => {
    if (menu !== except) menu.open = false;
  });

document.addEventListener("click", (event) => closeAccount(within(event, ".account")));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeAccount(null);
});
