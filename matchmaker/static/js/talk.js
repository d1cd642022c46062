// The page of a conversation as it lies open: what is said on the other side appears, once each and in order.

const talk = document.querySelector("[data-talk]");
const list = talk?.querySelector("[data-messages]");
const words = talk?.querySelector("[data-pending]")?.dataset;
const pill = talk?.querySelector("[data-pill]");
const [TOGETHER, NEAR, LOOK_EVERY] = [300, 200, 10000];

let last = Number(talk?.dataset.last), seen = 0, running = null, onceMore = false;

async function ask(query) {
  try {
    const answer = await fetch(`${talk.dataset.talk}/pesan?${query}`);
    if (!answer.ok || answer.redirected) return null;
    const news = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-news]");
    // Somebody else has signed in since: what they may see has no place on this page.
    if (!news || news.dataset.account === document.body.dataset.account) return news;
    location.reload();
    return null;
  } catch {
    return null; // no line; whoever finds that there is one again asks again
  }
}

function catchUp() {
  if (running) onceMore = true;
  running ??= fetchNews().finally(() => {
    running = null;
    if (onceMore) catchUp();
    onceMore = false;
  });
  return running;
}

async function fetchNews() {
  for (let news; (news = await ask(`sesudah=${last}`)); ) {
    take(news);
    if (!("full" in news.dataset)) return;
  }
}

const end = () => talk.getBoundingClientRect().bottom - innerHeight;
const toEnd = () => scrollTo({ top: scrollY + Math.max(0, end()) });

function take(news) {
  const near = end() < NEAR;
  const fresh = [...news.querySelectorAll("ol > li")].filter(append).filter((item) => item.dataset.message);
  talk.querySelector(".messages-none")?.remove();
  settle(news);
  const theirs = fresh.filter((item) => !item.classList.contains("message-mine"));
  const speaker = theirs.at(-1)?.querySelector(".message-author").textContent;
  if (speaker && words) talk.querySelector("[data-said]").textContent = words.news.replace("{name}", speaker);
  if (fresh.length && near) toEnd();
  else if (theirs.length && pill) {
    pill.textContent = words.pill;
    pill.hidden = false;
  }
  markRead();
}

// Answers whether it was new. What waits to be sent stays below.
function append(item) {
  const { day, message, key, author, at } = item.dataset;
  if (day ? list.querySelector(`[data-day="${day}"]`) : document.getElementById(item.id)) return false;
  if (key) list.querySelector(`.message-pending[data-key="${CSS.escape(key)}"]`)?.remove();
  const waiting = list.querySelector(".message-pending");
  const before = waiting ? waiting.previousElementSibling : list.lastElementChild;
  const goesOn = before?.dataset.author === author && at - before?.dataset.at < TOGETHER;
  if (message && goesOn && before.matches(".message-note") === item.matches(".message-note")) item.classList.add("message-more");
  list.insertBefore(document.adoptNode(item), waiting);
  if (message) last = Math.max(last, Number(message));
  if (key) document.dispatchEvent(new CustomEvent("talk:arrived", { detail: key }));
  return true;
}

function settle(news) {
  const [here, turn] = [document.getElementById("giliran"), news.querySelector("#giliran")];
  if (here && turn) here.replaceWith(document.adoptNode(turn));
  showRead(Number(news.dataset.read));
  for (const link of list.querySelectorAll("[data-until]")) if (link.dataset.until * 1000 < Date.now()) link.remove();
}

// Said once, at the last message that the other side has read.
function showRead(upTo) {
  const own = [...list.querySelectorAll(".message-mine[data-message]:not(.message-note)")];
  const read = own.filter((item) => Number(item.dataset.message) <= upTo);
  const newest = read.at(-1);
  if (!newest || newest.querySelector(".message-read")) return;
  list.querySelectorAll(".message-read").forEach((state) => state.remove());
  read.forEach((item) => item.querySelector("[data-unread]")?.remove());
  let foot = newest.querySelector(".message-foot");
  if (!foot) newest.querySelector(".message-in").append((foot = Object.assign(document.createElement("p"), { className: "message-foot" })));
  foot.prepend(talk.querySelector("template[data-read]").content.cloneNode(true));
}

// A message that is there already was edited.
async function renew(id) {
  const here = document.getElementById(`m${id}`);
  const fresh = here && (await ask(`satu=${id}`))?.querySelector("[data-message]");
  if (!fresh || fresh.id !== here.id || here.contains(document.activeElement)) return;
  if (here.classList.contains("message-more")) fresh.classList.add("message-more");
  here.replaceWith(document.adoptNode(fresh));
}

async function markRead() {
  if (document.visibilityState !== "visible" || last <= seen) return;
  const upTo = last;
  const body = new URLSearchParams({ sampai: upTo, _csrf_token: document.querySelector("[name=_csrf_token]").value });
  try {
    if ((await fetch(`${talk.dataset.talk}/dibaca`, { method: "POST", body })).status !== 204) return;
  } catch {
    return; // asked again with the next message, or when the page is looked at
  }
  seen = Math.max(seen, upTo);
  document.dispatchEvent(new CustomEvent("live", { detail: { kind: "read" } }));
}

function hear({ detail }) {
  const own = `/percakapan/${detail.conversation_id}` === talk.dataset.talk;
  if (detail.kind === "message" && own && detail.object_id <= last) renew(detail.object_id);
  else if (["open", "back", "sent"].includes(detail.kind) || own) catchUp();
  if (detail.kind === "back") markRead();
}

function begin() {
  // What stood on the page was marked by opening it.
  seen = last;
  document.addEventListener("live", hear);
  window.addEventListener("online", catchUp);
  setInterval(() => document.visibilityState === "visible" && catchUp(), LOOK_EVERY);
  pill?.addEventListener("click", toEnd);
  document.addEventListener("scroll", () => pill && end() < NEAR && (pill.hidden = true), { passive: true });
  const [arrived] = performance.getEntriesByType("navigation");
  if (location.hash || arrived?.type !== "navigate" || document.querySelector("[data-focus]")) return;
  const fresh = document.getElementById("baru");
  if (fresh) fresh.scrollIntoView({ block: "center" });
  else if (end() > 0) toEnd();
}

if (talk && "tail" in talk.dataset) begin();
