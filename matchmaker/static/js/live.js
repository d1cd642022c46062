// What happens for the reader, as it happens: one stream for all their tabs, told to each page as "live" events.
// The tab that was looked at last holds it; the others hear it from there, and one of them goes on when that tab closes.

const FEED = "/api/v1/events";
const KINDS = ["message", "interest", "terms", "decision", "notice"];
const [SOON, LATE, ASLEEP] = [2000, 60000, 40000];
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("live") : null;

let stream = null, newest = "", pause = SOON, queued = false, counting, counts = 0;

const tell = (detail) => document.dispatchEvent(new CustomEvent("live", { detail }));

function share(detail) {
  tabs?.postMessage(detail);
  tell(detail);
}

function open() {
  stream?.close();
  stream = new EventSource(newest ? `${FEED}?after=${newest}` : FEED);
  // Whatever came while there was no line is asked for by the pages themselves.
  stream.addEventListener("open", () => {
    pause = SOON;
    share({ kind: "open" });
  });
  for (const kind of KINDS)
    stream.addEventListener(kind, (event) => {
      newest = event.lastEventId;
      share({ kind, ...JSON.parse(event.data) });
    });
  stream.addEventListener("error", ({ target }) => {
    // A browser comes again by itself after a lost line, but not after an answer that is no stream.
    if (target !== stream || target.readyState !== EventSource.CLOSED) return;
    setTimeout(() => target === stream && open(), pause);
    pause = Math.min(2 * pause, LATE);
  });
}

function leave() {
  stream?.close();
  stream = null;
}

function lead(steal) {
  if (!navigator.locks) return stream ?? open();
  if (stream || (queued && !steal)) return;
  queued ||= !steal;
  const hold = () => {
    if (!steal) queued = false;
    open();
    return new Promise(() => {});
  };
  navigator.locks.request("live", { steal }, hold).catch(() => {
    leave();
    lead(false);
  });
}

function showCount(count, ...places) {
  for (const place of document.querySelectorAll(places)) {
    place.querySelector(".count-dot")?.remove();
    if (!count) continue;
    const dot = Object.assign(document.createElement("span"), { className: "count-dot", textContent: count > 99 ? "99+" : count });
    dot.append(Object.assign(document.createElement("span"), { className: "sr", textContent: ` ${document.body.dataset.live}` }));
    place.append(" ", dot);
  }
}

async function asked(address) {
  const answer = await fetch(address);
  if (!answer.ok || answer.redirected) throw new Error("signed out");
  return answer.json();
}

async function count() {
  const turn = ++counts;
  try {
    const [messages, { unread }] = await Promise.all(["/percakapan/belum-dibaca", "/api/v1/notices?limit=1"].map(asked));
    // An older question can be answered after a newer one.
    if (turn !== counts) return;
    showCount(messages, '.nav-link[href="/percakapan"]');
    showCount(unread, ".nav-bell");
    showCount(Math.max(messages, unread), ".mast-toggle");
  } catch {
    // A server that was busy is asked again; without a line the old number stands until there is one.
    clearTimeout(counting);
    counting = setTimeout(count, ASLEEP);
  }
}

// After a moment, so that a page that shows the message has marked it as read.
function countSoon() {
  clearTimeout(counting);
  counting = setTimeout(count, 600);
}

function watch() {
  tabs?.addEventListener("message", ({ data }) => tell(data));
  document.addEventListener("live", ({ detail }) => ["message", "notice", "open", "read"].includes(detail.kind) && countSoon());
  const look = () => document.visibilityState === "visible" && (lead(true), tell({ kind: "back" }));
  document.addEventListener("visibilitychange", look);
  window.addEventListener("online", () => stream && open());
  // A machine that slept has lost its line without being told.
  let looked = Date.now();
  setInterval(() => {
    if (Date.now() - looked > ASLEEP && stream) open();
    looked = Date.now();
  }, ASLEEP / 4);
  lead(document.visibilityState === "visible");
}

if ("live" in document.body.dataset) watch();
