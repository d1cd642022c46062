// Characters left, and text areas that grow with their text.

function count(line) {
  const field = document.getElementById(line.dataset.countFor);
  if (!field) return;
  // Code points, as the server counts; a line break is one sign on both sides.
  const left = Number(line.dataset.max) - [...field.value].length;
  line.textContent = (left < 0 ? line.dataset.over : line.dataset.left).replace("{n}", Math.abs(left));
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
