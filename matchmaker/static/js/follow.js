// Terms and decisions as they lie open: what changes on the other side changes here, part by part, without a reload.
// Where somebody is typing, a line says what is new, and what was typed stands in what it leads to.

const line = document.querySelector("[data-follow]");
const [TOGETHER, SAID] = [200, 8000];
const parts = (page) => [...page.querySelectorAll("[data-part]")];
const twin = (part, page) => page.getElementById(part.id);
const differs = (part, page) => twin(part, page)?.textContent !== part.textContent;

let soon, silence, running = null, onceMore = false;

async function fetched() {
  try {
    const answer = await fetch(line.dataset.follow);
    if (!answer.ok || answer.redirected) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return null; // no line; the stream says when there is one again
  }
}

function look() {
  if (running) onceMore = true;
  running ??= fetched().then((page) => page && take(page)).finally(() => {
    running = null;
    if (onceMore) look();
    onceMore = false;
  });
}

function take(page) {
  const fresh = page.querySelector("[data-follow]");
  const changed = parts(document).filter((part) => differs(part, page));
  const further = fresh && fresh.dataset.mark !== line.dataset.mark;
  if (!changed.length && !further) return;
  const text = further ? fresh.dataset.news : line.dataset.changed;
  if ("away" in line.dataset) {
    changed.forEach((part) => swap(part, page));
    if (further) say(text, away());
  } else if (changed.some(inUse)) {
    say(text, button(() => show(changed, page, fresh)));
  } else {
    show(changed, page, fresh);
    if (further || changed.some((part) => part.id !== "giliran")) say(text);
  }
}

function show(changed, page, fresh) {
  const kept = changed.filter((part) => !swap(part, page));
  line.dataset.mark = fresh?.dataset.mark ?? line.dataset.mark;
  say(kept.length ? line.dataset.kept : "");
}

function say(text, next) {
  clearTimeout(silence);
  line.replaceChildren(...(next ? [text, " ", next] : [text]));
  if (!next) silence = setTimeout(() => line.replaceChildren(), SAID);
}

function button(act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "follow-show", textContent: line.dataset.show });
  made.addEventListener("click", act);
  return made;
}

const away = () => Object.assign(document.createElement("a"), { className: "follow-show", href: line.dataset.away, textContent: line.dataset.show });

const writable = (part) => [...part.querySelectorAll("textarea, input:not([type=hidden])")];
const typed = (part) => writable(part).filter((field) => field.value !== field.defaultValue);
const inUse = (part) => writable(part).includes(document.activeElement) || typed(part).length > 0;

// The same control of another page: by its id, or by what it does.
function same(control, page) {
  if (control.id) return page.querySelector(`#${CSS.escape(control.id)}`);
  const name = control.matches("a") ? "href" : "action";
  const address = (control.form ?? control).getAttribute(name);
  const place = address && page.querySelector(`[${name}="${CSS.escape(address)}"]`);
  return control.form ? place?.querySelector(control.localName) : place;
}

// Answers whether the part could be shown: not where what was typed in it has no place any more.
function swap(old, page) {
  const fresh = document.importNode(twin(old, page) ?? old, true);
  const fields = typed(old).map((field) => [field, same(field, fresh)]);
  if (fields.some(([, place]) => !place)) return false;
  fields.forEach(([field, place]) => (place.value = field.value));
  for (const fold of old.querySelectorAll("details[open][id]")) fresh.querySelector(`#${CSS.escape(fold.id)}`)?.setAttribute("open", "");
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const place = focused && same(focused, fresh);
  old.replaceWith(fresh);
  if (!focused) return true;
  if (!place) fresh.tabIndex = -1;
  (place ?? fresh).focus({ preventScroll: true });
  if (place?.setSelectionRange && focused.selectionStart !== null) place.setSelectionRange(focused.selectionStart, focused.selectionEnd);
  return true;
}

function hear({ detail }) {
  const own = line.dataset.follow.startsWith(`/percakapan/${detail.conversation_id}/`);
  if (!own && !["open", "back"].includes(detail.kind)) return;
  clearTimeout(soon);
  soon = setTimeout(look, TOGETHER);
}

if (line) document.addEventListener("live", hear);
