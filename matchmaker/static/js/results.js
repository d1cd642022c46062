// A list that is narrowed on the spot: its filters keep focus, scroll and what is unfolded, and take over the counts.

const list = () => document.getElementById("hasil");
const narrow = window.matchMedia("(max-width: 59.99em)");
let shown = 0;

// Empty choices are no part of an address that is shared.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.elt.id !== "saring") return;
  for (const [name, value] of [...detail.formData]) if (!value) detail.formData.delete(name);
});

document.addEventListener("htmx:beforeRequest", () => list()?.setAttribute("aria-busy", "true"));
document.addEventListener("htmx:afterRequest", () => list()?.removeAttribute("aria-busy"));
document.addEventListener("htmx:beforeSwap", ({ detail }) => (shown = detail.target.children.length));

function follow(answer) {
  for (const fresh of new DOMParser().parseFromString(answer, "text/html").querySelectorAll("#saring [id]")) {
    const here = document.getElementById(fresh.id);
    if (!here) continue;
    if (fresh.dataset.count !== undefined) here.replaceWith(fresh);
    else if (fresh.matches("[type=checkbox], [type=radio]")) here.checked = fresh.checked;
    else if (fresh.matches("input") && here !== document.activeElement) here.value = fresh.value;
  }
  document.getElementById("kabar").textContent = document.getElementById("hasil-jumlah").textContent;
}

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target.id === "daftar") detail.target.children[shown]?.querySelector("a")?.focus();
  if (detail.target.id !== "hasil" || !document.getElementById("saring")) return;
  follow(detail.xhr.responseText);
  if (detail.requestConfig.triggeringEvent?.type === "submit" && narrow.matches) {
    document.querySelector(".sift-fold").open = false;
    list().focus({ preventScroll: true });
    // A focus alone moves nothing where a part of a long list is in sight already.
    list().scrollIntoView();
  } else if (document.activeElement === document.body) list().focus({ preventScroll: true });
});
