// A long list is found by typing: the combobox of the ARIA Authoring Practices. Without script it is a plain list.

const MOST = 60;
let lists = 0;

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// Every word must occur; names that begin with one come first, else the order of the list holds.
function found(options, text) {
  const words = plain(text).split(/\s+/).filter(Boolean);
  const starts = (name) => words.filter((word) => ` ${name}`.includes(` ${word}`)).length;
  return options
    .map((option) => ({ option, name: plain(`${option.name} ${option.group ?? ""}`) }))
    .filter(({ name }) => words.every((word) => name.includes(word)))
    .sort((a, b) => starts(b.name) - starts(a.name))
    .slice(0, MOST)
    .map(({ option }) => option);
}

// `options()`: what there is to choose now, as {name, group, chosen}. `pick(option)`; `leave(text)`: left without a choice.
function combobox(input, { label, none, options, pick, leave }) {
  const list = make("ul", { class: "combo-list", id: `combo-${++lists}`, role: "listbox", "aria-label": label, hidden: "" });
  for (const [name, value] of Object.entries({
    role: "combobox", autocomplete: "off", spellcheck: "false", "aria-autocomplete": "list",
    "aria-expanded": "false", "aria-controls": list.id,
  })) input.setAttribute(name, value);
  let shown = [], active = -1;

  function show(text) {
    shown = found(options(), text);
    list.replaceChildren(...shown.map((option, i) => {
      const item = make("li", { class: "combo-option", role: "option", id: `${list.id}-${i}`, "aria-selected": String(!!option.chosen) }, option.name);
      if (option.group) item.append(make("span", { class: "combo-group" }, option.group));
      return item;
    }));
    if (!shown.length) list.append(make("li", { class: "combo-none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, none));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    point(text && shown.length ? 0 : shown.findIndex((option) => option.chosen));
  }

  function hide() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    active = -1;
  }

  function point(index) {
    list.querySelector(".combo-active")?.classList.remove("combo-active");
    active = index;
    const item = shown[index] && list.children[index];
    if (!item) return input.removeAttribute("aria-activedescendant");
    item.classList.add("combo-active");
    item.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", item.id);
  }

  function choose(option) {
    hide();
    pick(option);
  }

  input.addEventListener("input", (event) => {
    event.stopPropagation();
    show(input.value);
  });
  input.addEventListener("change", (event) => event.stopPropagation());
  input.addEventListener("click", () => (list.hidden ? show("") : hide()));
  input.addEventListener("blur", () => {
    const exact = options().find((option) => plain(option.name) === plain(input.value.trim()));
    hide();
    if (exact && !exact.chosen) pick(exact);
    else leave(input.value.trim());
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) return show("");
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (shown.length) point((active + step + shown.length + (active < 0 && step < 0 ? 1 : 0)) % shown.length);
    } else if (event.key === "Enter" && !list.hidden) {
      event.preventDefault();
      if (shown[active]) choose(shown[active]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      hide();
    }
  });
  // On pressing, not on releasing: the field would lose the focus, and the list with it, in between.
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const item = event.target.closest(".combo-option");
    if (item) choose(shown[[...list.children].indexOf(item)]);
  });
  return make("div", { class: "combo" }, input, list);
}

function enhanceSelect(select) {
  const input = make("input", { class: select.className, type: "text", id: select.id });
  for (const name of ["aria-describedby", "aria-invalid", "required"])
    if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`)?.firstChild?.textContent.trim() ?? "";
  const blank = [...select.options].find((option) => !option.value);
  const read = () => (input.value = select.value ? select.selectedOptions[0].text : "");
  const set = (value) => {
    if (select.value !== value) {
      select.value = value;
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }
    read();
  };
  if (blank) input.placeholder = blank.text;
  select.id += "-all";
  select.className = "";
  select.hidden = true;
  const box = combobox(input, {
    label,
    none: select.dataset.none,
    options: () => [...select.options].filter((option) => option.value).map((option) => ({
      name: option.text, group: option.closest("optgroup")?.label, value: option.value, chosen: option.selected,
    })),
    pick: (option) => set(option.value),
    leave: (text) => (!text && blank ? set("") : read()),
  });
  select.before(box);
  read();
}

function enhancePlaces(fieldset) {
  const all = fieldset.querySelector(".places-plain");
  const boxes = [...all.querySelectorAll("input")];
  const name = (box) => box.labels[0].textContent.trim();
  const said = make("p", { class: "sr", role: "status" });
  const tokens = make("ul", { class: "tokens" });
  const input = make("input", { class: "input select", type: "text", id: boxes[0].id, "aria-label": fieldset.dataset.find, placeholder: fieldset.dataset.find });
  const say = (text, box) => (said.textContent = text.replace("{name}", name(box)));

  function draw() {
    tokens.replaceChildren(...boxes.filter((box) => box.checked).map((box) => {
      const drop = make("button", { class: "token-drop", type: "button", "aria-label": fieldset.dataset.drop.replace("{name}", name(box)) }, "×");
      drop.addEventListener("click", () => {
        const place = [...tokens.children].indexOf(drop.parentElement);
        check(box, false);
        (tokens.children[Math.min(place, tokens.children.length - 1)]?.querySelector("button") ?? input).focus();
      });
      return make("li", { class: "token" }, name(box), drop);
    }));
  }

  function check(box, on) {
    // Everywhere and somewhere exclude one another.
    if (on) boxes.filter((other) => (other.value === "all") !== (box.value === "all")).forEach((other) => (other.checked = false));
    box.checked = on;
    box.dispatchEvent(new Event("change", { bubbles: true }));
    say(on ? fieldset.dataset.added : fieldset.dataset.dropped, box);
    draw();
  }

  const label = boxes[0].labels[0];
  boxes[0].id += "-all";
  label.htmlFor = boxes[0].id;
  all.hidden = true;
  all.before(tokens, combobox(input, {
    label: fieldset.dataset.find,
    none: fieldset.dataset.none,
    options: () => boxes.filter((box) => !box.checked).map((box) => ({ name: name(box), group: box.dataset.group, box })),
    pick: (option) => {
      input.value = "";
      check(option.box, true);
    },
    leave: () => (input.value = ""),
  }), said);
  draw();
}

document.querySelectorAll("select[data-typeahead]").forEach(enhanceSelect);
document.querySelectorAll("[data-places]").forEach(enhancePlaces);
