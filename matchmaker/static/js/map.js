// The map of regions: a pointer means the dot that is nearest to it, and the arrow keys walk from dot to dot.

const REACH = 14;
const points = new WeakMap();
let hit = null;

function dotsOf(map) {
  if (!points.has(map)) {
    const centre = (link) => {
      const box = link.lastElementChild.getBBox();
      return { link, x: box.x + box.width / 2, y: box.y + box.height / 2 };
    };
    points.set(map, [...map.querySelectorAll("a")].map(centre));
  }
  return points.get(map);
}

function nearest(map, event) {
  const matrix = map.getScreenCTM();
  const x = (event.clientX - matrix.e) / matrix.a;
  const y = (event.clientY - matrix.f) / matrix.d;
  let [found, least] = [null, REACH / matrix.a];
  for (const dot of dotsOf(map)) {
    const distance = Math.hypot(dot.x - x, dot.y - y);
    if (distance < least) [found, least] = [dot.link, distance];
  }
  return found;
}

function say(link) {
  const line = link.closest("[id]")?.querySelector("[data-map-said]");
  if (line) line.textContent = link.querySelector("title").textContent;
}

function aim(link, map) {
  if (link === hit) return;
  hit?.classList.remove("map-hit");
  hit = link;
  map?.classList.toggle("map-hot", Boolean(link));
  link?.classList.add("map-hit");
  if (link) say(link);
}

const mapAt = (event) => (event.target instanceof Element ? event.target.closest("[data-map]") : null);

document.addEventListener("pointermove", (event) => {
  const map = mapAt(event);
  if (map || hit) aim(map && nearest(map, event), map);
});

document.addEventListener("click", (event) => {
  const map = mapAt(event);
  const link = map && !event.target.closest("a") && nearest(map, event);
  if (link) window.location.assign(link.getAttribute("href"));
});

// One tab stop: the dot that was last looked at.
const single = (map, link) =>
  dotsOf(map).forEach((dot) => dot.link.setAttribute("tabindex", dot.link === link ? "0" : "-1"));

const prepare = () =>
  document.querySelectorAll("[data-map]:not(:has([tabindex='0']))").forEach((map) => single(map, map.querySelector("a")));

const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

document.addEventListener("keydown", (event) => {
  const [map, way] = [mapAt(event), DIRECTIONS[event.key]];
  const from = map && way && dotsOf(map).find((dot) => dot.link === document.activeElement);
  if (!from) return;
  event.preventDefault();
  let [next, least] = [null, Infinity];
  for (const dot of dotsOf(map)) {
    const [dx, dy] = [dot.x - from.x, dot.y - from.y];
    const ahead = dx * way[0] + dy * way[1];
    const cost = ahead + 2 * Math.abs(dx * way[1] + dy * way[0]);
    if (ahead > 0 && cost < least) [next, least] = [dot.link, cost];
  }
  if (!next) return;
  single(map, next);
  next.focus();
});

document.addEventListener("focusin", (event) => {
  if (mapAt(event) && event.target.closest("a")) say(event.target);
});

document.addEventListener("htmx:load", prepare);
prepare();
