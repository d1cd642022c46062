// Sending without leaving the page. What could not be sent stays in this browser until it is: with its key, which makes
// it one message however often it goes out. What is being typed is saved as a draft.

const talk = document.querySelector("[data-talk][data-tail]");
const form = talk?.querySelector("#compose");
const mould = talk?.querySelector("[data-pending]");
const list = talk?.querySelector("[data-messages]");
const line = form?.querySelector("[data-state]");
const text = form?.elements.body;
const owner = `${document.body.dataset.account}:${talk?.dataset.talk}`;
const [UNSENT, TYPED] = [`unsent:${owner}`, `typed:${owner}`];
const [PAUSE, FIRST, LONGEST] = [1200, 2000, 30000];

// What the server has of the draft.
let kept = text?.value;
let sending = false, pause = FIRST, retry, saving, memory = {};

// Storage may be full or forbidden; what is unsent then lives as long as the page.
function recall(name) {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? memory[name];
  } catch {
    return memory[name];
  }
}

function keep(name, value) {
  memory[name] = value;
  try {
    if (value) localStorage.setItem(name, JSON.stringify(value));
    else localStorage.removeItem(name);
  } catch {}
}

const unsent = () => recall(UNSENT) ?? [];
const forget = (key) => keep(UNSENT, unsent().filter((entry) => entry.key !== key));
const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (n) => n.toString(16).padStart(2, "0")).join("");
const shown = (key) => list.querySelector(`[data-key="${CSS.escape(key)}"]`);

function fields(entry) {
  const body = new URLSearchParams({ _csrf_token: form.elements._csrf_token.value, key: entry.key, kind: entry.kind, body: entry.body });
  for (const account of entry.mention ?? []) body.append("mention", account);
  return body;
}

const typed = () => ({
  key: form.elements.key.value,
  kind: form.elements.kind.value,
  body: text.value,
  mention: [...form.querySelectorAll("[name=mention]:checked")].filter((box) => box.offsetParent || !box.closest("[data-other]")).map((box) => box.value),
});

function draw(entry) {
  if (shown(entry.key)) return;
  const item = mould.content.firstElementChild.cloneNode(true);
  item.dataset.key = entry.key;
  item.querySelector(".message-body").textContent = entry.body;
  item.classList.toggle("message-note", entry.kind === "note");
  item.querySelector(".note-label").hidden = entry.kind !== "note";
  item.querySelector("[data-sign-in]").href = `/masuk?lanjut=${encodeURIComponent(location.pathname)}`;
  item.querySelector("[data-again]").addEventListener("click", () => (amend(entry.key, { refused: "" }), flush()));
  item.querySelector("[data-take-back]").addEventListener("click", () => takeBack(entry));
  list.append(item);
  say(entry.key, entry.refused ? "refused" : "sending", entry.refused);
}

function say(key, state, why = "") {
  const item = shown(key);
  if (!item?.classList.contains("message-pending")) return;
  item.classList.toggle("message-stuck", state !== "sending");
  item.querySelector(".message-state").textContent = mould.dataset[state].replace("{why}", why);
  item.querySelector("[data-sign-in]").hidden = state !== "signedOut";
  for (const name of ["[data-again]", "[data-take-back]"]) item.querySelector(name).hidden = state !== "refused";
}

const amend = (key, change) => keep(UNSENT, unsent().map((entry) => (entry.key === key ? { ...entry, ...change } : entry)));

function takeBack(entry) {
  forget(entry.key);
  shown(entry.key)?.remove();
  text.value = [text.value.trim(), entry.body].filter(Boolean).join("\n\n");
  form.elements.kind.value = entry.kind;
  text.focus();
  noteTyping();
}

// In the order in which they were written: one that waits for the line holds up those behind it.
async function flush() {
  clearTimeout(retry);
  if (sending) return;
  sending = true;
  const tried = new Set();
  // What is written meanwhile goes out too.
  for (let entry; (entry = unsent().find((one) => !one.refused && !tried.has(one.key))); ) {
    tried.add(entry.key);
    say(entry.key, "sending");
    const [state, why] = await send(entry);
    say(entry.key, state, why);
    if (state === "sending") forget(entry.key);
    if (state === "refused") amend(entry.key, { refused: why });
    if (state === "waiting") retry = setTimeout(flush, (pause = Math.min(2 * pause, LONGEST)));
    if (["waiting", "signedOut"].includes(state)) break;
    pause = FIRST;
  }
  sending = false;
  document.dispatchEvent(new CustomEvent("live", { detail: { kind: "sent" } }));
}

async function send(entry) {
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body: fields(entry), redirect: "manual" });
  } catch {
    return ["waiting"];
  }
  // The way to the page with the message on it.
  if (answer.type === "opaqueredirect") return ["sending"];
  if (answer.status === 401 || answer.status === 403) return ["signedOut"];
  if (answer.status === 429 || answer.status >= 500) return ["waiting"];
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return ["refused", (page.querySelector(".error-summary-list li") ?? page.querySelector("h1"))?.textContent.trim() ?? ""];
}

function submit(event) {
  if (event.submitter?.hasAttribute("formaction")) return;
  event.preventDefault();
  event.stopPropagation();
  const entry = typed();
  if (!entry.body.trim()) return text.focus();
  keep(UNSENT, [...unsent(), entry]);
  draw(entry);
  clear();
  shown(entry.key).scrollIntoView({ block: "nearest" });
  flush();
}

function clear() {
  clearTimeout(saving);
  keep(TYPED, null);
  form.reset();
  kept = text.value = line.textContent = "";
  form.elements.key.value = newKey();
  form.elements.kind.value = "message";
  form.querySelectorAll("[name=mention]").forEach((box) => (box.checked = false));
  form.querySelector("details")?.removeAttribute("open");
  text.dispatchEvent(new Event("input", { bubbles: false }));
  text.focus();
}

function noteTyping() {
  if (!text.value && !kept) return keep(TYPED, null);
  keep(TYPED, { kind: form.elements.kind.value, body: text.value });
  clearTimeout(saving);
  saving = setTimeout(saveDraft, PAUSE);
}

async function saveDraft() {
  const entry = typed();
  line.textContent = line.dataset.saving;
  let saved = false;
  try {
    const answer = await fetch(form.querySelector("[formaction]").formAction, { method: "POST", body: fields({ ...entry, mention: [] }), redirect: "manual", keepalive: true });
    saved = answer.type === "opaqueredirect";
  } catch {
    // Kept here, and saved with the next letter or the next visit.
  }
  if (form.elements.key.value !== entry.key) return;
  if (saved) kept = entry.body;
  line.textContent = saved ? line.dataset.saved : line.dataset.kept;
  if (saved && text.value === entry.body) keep(TYPED, null);
}

function restore() {
  const before = recall(TYPED);
  if (before && before.body !== text.value && !form.querySelector("[aria-invalid]")) {
    text.value = before.body;
    form.elements.kind.value = before.kind;
    saving = setTimeout(saveDraft, PAUSE);
  }
  // A draft that has become a message since.
  if (unsent().some((entry) => entry.body.trim() === text.value.trim())) text.value = "";
  form.elements.key.value = newKey();
  unsent().forEach(draw);
}

function begin() {
  restore();
  form.addEventListener("submit", submit);
  form.addEventListener("input", noteTyping);
  text.addEventListener("keydown", (event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && form.requestSubmit());
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && recall(TYPED) && saveDraft());
  document.addEventListener("talk:arrived", ({ detail }) => forget(detail));
  document.addEventListener("live", ({ detail }) => ["open", "back"].includes(detail.kind) && unsent().length && flush());
  window.addEventListener("online", flush);
  if (unsent().length) flush();
}

if (form) begin();

// Who signs out on purpose leaves nothing behind for whoever sits here next.
document.addEventListener("submit", ({ target }) => {
  if (target.getAttribute("action") !== "/keluar") return;
  for (const store of [localStorage, sessionStorage])
    Object.keys(store).filter((name) => /^(unsent|typed|kept):/.test(name)).forEach((name) => store.removeItem(name));
});
