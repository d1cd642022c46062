// An @ while writing offers the members who can read the message; whom one picks is asked to look.

const text = document.querySelector(".compose-text");
const boxes = [...document.querySelectorAll(".compose-member")];
const CALL = /(?:^|\s)@([\p{L}\p{M}.'’-]*(?: [\p{L}\p{M}.'’-]+)?)$/u;

let names, options = [], at = -1;

const plain = (name) => name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const call = () => CALL.exec(text.value.slice(0, text.selectionStart))?.[1];

function hide() {
  names.hidden = true;
  at = -1;
  text.removeAttribute("aria-activedescendant");
}

function point(index) {
  at = (index + options.length) % options.length;
  [...names.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
  names.children[at].scrollIntoView({ block: "nearest" });
  text.setAttribute("aria-activedescendant", names.children[at].id);
}

function offer() {
  const begun = call();
  if (begun === undefined) return hide();
  // Those of the other side do not stand there while a note is written.
  const note = text.form.elements.kind.value === "note";
  options = boxes.filter((box) => !(note && "other" in box.dataset) && plain(box.dataset.name).includes(plain(begun)));
  if (!options.length) return hide();
  names.replaceChildren(...options.map((box, i) => {
    const item = Object.assign(document.createElement("li"), { className: "compose-name", id: `nama-${i}` });
    item.setAttribute("role", "option");
    item.append(...box.querySelector("span").cloneNode(true).childNodes);
    item.addEventListener("mousedown", (event) => (event.preventDefault(), pick(box)));
    return item;
  }));
  names.hidden = false;
  point(0);
}

function pick(box) {
  const before = text.value.slice(0, text.selectionStart);
  text.setRangeText(`${box.dataset.name} `, before.length - call().length, before.length, "end");
  const tick = box.querySelector("input");
  tick.checked = true;
  tick.dataset.picked = "";
  hide();
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

// A name that is taken out of the text again calls nobody.
function follow() {
  for (const box of boxes) {
    const tick = box.querySelector("[data-picked]");
    if (!tick || text.value.includes(`@${box.dataset.name}`)) continue;
    tick.checked = false;
    delete tick.dataset.picked;
  }
  offer();
}

function press(event) {
  if (names.hidden) return;
  const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (move) point(at + move);
  else if (event.key === "Escape") hide();
  else if (["Enter", "Tab"].includes(event.key) && !event.ctrlKey && !event.metaKey) pick(options[at]);
  else return;
  event.preventDefault();
}

if (text && boxes.length) {
  names = Object.assign(document.createElement("ul"), { className: "compose-names", id: "nama", hidden: true });
  names.setAttribute("role", "listbox");
  names.setAttribute("aria-label", document.querySelector(".compose-summary").textContent.trim());
  text.before(names);
  text.setAttribute("aria-controls", "nama");
  text.addEventListener("input", follow);
  text.addEventListener("keydown", press);
  text.addEventListener("blur", hide);
}
