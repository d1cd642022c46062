// Characters left, and text areas that grow with their text.

function count(line) {
  const field = document.getElementById(line.dataset.countFor);
  if (!field) return;
  // Code points, as the server counts; a line break is one sign on both sides.
  const length = [...field.value.replaceAll("\r\n", "\n")].length;
  const left = Number(line.dataset.max) - length;
  const short = Number(line.dataset.min ?? 0) - length;
  const text = left < 0 ? line.dataset.over : short > 0 ? line.dataset.under : line.dataset.left;
  const number = left < 0 ? -left : short > 0 ? short : left;
  line.textContent = text.replace("{n}", number.toLocaleString(document.documentElement.lang));
  line.hidden = "quiet" in line.dataset && left > 40;
  line.classList.toggle("count-over", left < 0);
}

function grow(area) {
  if (area.scrollHeight > area.clientHeight) area.style.height = `${area.scrollHeight + 2}px`;
}

document.addEventListener("input", ({ target }) => {
  if (!(target instanceof Element)) return;
  if (target.id) document.querySelectorAll(`[data-count-for="${CSS.escape(target.id)}"]`).forEach(count);
  if (target.matches("textarea[data-grow]")) grow(target);
});

document.querySelectorAll("textarea[data-grow]").forEach(grow);
// An empty field says its limits, a filled one where it stands.
document.querySelectorAll("[data-count-for]").forEach((line) => {
  if ("quiet" in line.dataset || document.getElementById(line.dataset.countFor)?.value) count(line);
});
