// A draft is saved by itself once typing stops. What could not be saved stays in this tab until it is.

const flow = document.querySelector("[data-flow]");
const form = flow?.querySelector("form[data-step]");
const line = flow?.querySelector("[data-save-state]");
const KEPT = "kept:";
const [PAUSE, LEFT, AGAIN] = [2000, 500, 15000];
const UNTYPED = new Set(["_csrf_token", "version", "asal", "bagian"]);

let key, timer, running, stopped = false, dirty = false;
const named = () => `${KEPT}${document.body.dataset.account}:${flow.dataset.kept}`;
// What a save is made against: the number of the whole, and a fingerprint of this group.
const GROUND = ["version", "asal"];
const ground = () => GROUND.map((name) => form.elements[name]?.value ?? "");
const typed = () => [...new FormData(form)].filter(([name]) => !UNTYPED.has(name));
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

function say(text, tone = "") {
  line.textContent = text;
  line.dataset.tone = tone;
}

// Storage may be full or forbidden; the text then stands in the page alone.
function keep(sent = false) {
  try {
    sessionStorage.setItem(key, JSON.stringify({ ground: ground(), fields: typed(), sent }));
  } catch {}
}

function kept(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name));
  } catch {
    return null;
  }
}

function forgetSent(except) {
  Object.keys(sessionStorage)
    .filter((name) => name.startsWith(KEPT) && name !== except && kept(name)?.sent)
    .forEach((name) => sessionStorage.removeItem(name));
}

function noteTyping(delay) {
  dirty = true;
  keep();
  if (!("autosave" in form.dataset) || stopped) return;
  clearTimeout(timer);
  timer = setTimeout(save, delay);
}

function save() {
  clearTimeout(timer);
  running ??= send().finally(() => {
    running = null;
    if (dirty && !timer && !stopped) timer = setTimeout(save, PAUSE);
  });
  return running;
}

async function send() {
  const body = new URLSearchParams(new FormData(form));
  body.set("then", "stay");
  [dirty, timer] = [false, null];
  say(line.dataset.saving, "busy");
  let answer, page;
  try {
    answer = await fetch(form.getAttribute("action"), { method: "POST", body });
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return unsaved(line.dataset.offline);
  }
  const fresh = page.querySelector("form[data-step]");
  if (answer.ok && answer.redirected && fresh) return saved(page, fresh, answer.url);
  if (answer.status === 409 && fresh) return clashed(page, fresh);
  if (answer.status === 422) {
    const why = page.querySelector(".error-summary-list li")?.textContent.trim() ?? "";
    return say(line.dataset.waits.replace("{why}", why), "busy");
  }
  if (answer.status === 401 || answer.status === 403) {
    stopped = true;
    return say(line.dataset.signedOut, "bad");
  }
  unsaved(line.dataset.failed);
}

function unsaved(text) {
  dirty = true;
  say(text, "bad");
  timer = setTimeout(save, AGAIN);
}

// The first save gives a new draft its address and its version; from then on it is that draft that is saved.
function saved(page, fresh, address) {
  carryOn(fresh);
  sessionStorage.removeItem(key);
  flow.dataset.kept = page.querySelector("[data-flow]").dataset.kept;
  key = named();
  if (dirty) keep();
  if (new URL(address).pathname !== location.pathname) history.replaceState(null, "", address);
  ["#flow-progress", "#flow-advice"].forEach((part) => swap(page, part));
  const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  say(line.dataset.saved.replace("{time}", time));
}

function carryOn(fresh) {
  form.setAttribute("action", fresh.getAttribute("action"));
  for (const name of GROUND) {
    const given = fresh.elements[name];
    if (form.elements[name] && given) form.elements[name].value = given.value;
    else if (given) form.prepend(document.importNode(given, true));
  }
}

function swap(page, part) {
  const [old, fresh] = [document.querySelector(part), page.querySelector(part)];
  // A part that the reader is in stays as it is.
  if (old && fresh && !old.contains(document.activeElement)) old.replaceWith(document.importNode(fresh, true));
}

// Both texts are shown; only a press of the button, made in sight of them, saves again.
function clashed(page, fresh) {
  stopped = true;
  carryOn(fresh);
  swap(page, "#flow-said");
  keep();
  say(line.dataset.conflict, "bad");
}

function putBack(fields) {
  const names = new Set(fields.map(([name]) => name));
  for (const name of names) {
    const list = name.includes(".") ? form.querySelector(`[data-repeat-add][value="${name.split(".")[0]}"]`) : null;
    for (let tries = 0; list && !form.elements[name] && tries < 12; tries++) list.click();
  }
  for (const control of form.querySelectorAll("input:not([type=hidden]), textarea, select")) {
    const values = fields.filter(([name]) => name === control.name).map(([, value]) => value);
    if (control.matches("[type=checkbox], [type=radio]")) control.checked = values.includes(control.value);
    else if (values.length) control.value = values[0];
  }
}

function restore() {
  const before = kept(key);
  if (!before) return;
  const refused = document.querySelector("[data-focus]");
  if (same(before.fields, typed()) || (before.sent && before.ground[0] !== ground()[0])) {
    if (!refused) sessionStorage.removeItem(key);
    return;
  }
  if (refused) return;
  putBack(before.fields);
  // Against what it was written on, so that another's change since then is told.
  GROUND.forEach((name, i) => form.elements[name] && (form.elements[name].value = before.ground[i]));
  noteTyping(PAUSE);
  say(`${line.dataset.restored} `, "busy");
  const undo = Object.assign(document.createElement("button"), {
    type: "button", className: "save-undo", textContent: line.dataset.discard,
  });
  undo.addEventListener("click", () => {
    sessionStorage.removeItem(key);
    location.reload();
  });
  line.append(undo);
}

function watch() {
  key = named();
  forgetSent(key);
  restore();
  form.addEventListener("input", () => noteTyping(PAUSE));
  form.addEventListener("change", () => noteTyping(LEFT));
  document.addEventListener("click", leave);
  document.addEventListener("submit", submit);
  window.addEventListener("online", () => dirty && save());
}

function leave(event) {
  if (!(event.target instanceof Element)) return;
  if (event.target.closest("[data-repeat-remove]") && form.contains(event.target)) setTimeout(() => noteTyping(LEFT));
  const link = event.target.closest("a[data-leave]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  if (stopped || !("autosave" in form.dataset) || !(dirty || running)) return;
  event.preventDefault();
  Promise.resolve(running).then(() => (dirty ? save() : null)).finally(() => location.assign(link.href));
}

// A save that is under way brings a new version: the form waits for it.
function submit(event) {
  if (event.target !== form) return;
  clearTimeout(timer);
  if (running) {
    event.preventDefault();
    event.stopImmediatePropagation();
    running.finally(() => form.requestSubmit(event.submitter));
    return;
  }
  stopped = true;
  keep(true);
}

if (form && line) watch();
else if (/[?&]ok=(saved|published|terms_proposed)/.test(location.search) || flow) forgetSent();

// Taken back from the history, a page has an old version.
if (flow) window.addEventListener("pageshow", (event) => event.persisted && location.reload());
