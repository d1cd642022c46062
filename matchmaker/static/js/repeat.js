// Rows of one kind come and go on the spot; without script their buttons ask the server.

const within = (event, selector) => (event.target instanceof Element ? event.target.closest(selector) : null);

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
