// A form with a file says how far it has come; what is too large is told before it is sent.

const MEGABYTE = 1024 * 1024;

function say(box, text, bad = false) {
  box.hidden = false;
  box.classList.toggle("sending-bad", bad);
  box.querySelector("progress").hidden = bad;
  box.querySelector("[role=status]").textContent = text;
}

function tooLarge(input) {
  const [file] = input.files;
  return file && file.size > Number(input.dataset.most);
}

document.addEventListener("change", ({ target }) => {
  if (!target.matches?.("input[data-most]")) return;
  const box = target.closest(".field").querySelector("[data-sending]");
  if (tooLarge(target)) say(box, box.dataset.large, true);
  else box.hidden = true;
});

function shown(request) {
  // Handed in: the page that says so. Refused: this page with the reason at its field.
  if (request.status < 300 && request.responseURL) {
    location.assign(request.responseURL);
    return;
  }
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const main = page.getElementById("main");
  if (main) document.getElementById("main").replaceWith(document.adoptNode(main));
  document.querySelector("[data-focus]")?.focus();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-upload]")) return;
  const input = form.querySelector("input[data-most]");
  if (!input?.files.length) return;
  event.preventDefault();
  // send.js has seen this form too, and would hold back the next try.
  event.stopImmediatePropagation();
  const box = form.querySelector("[data-sending]");
  if (tooLarge(input)) {
    say(box, box.dataset.large, true);
    return;
  }
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  const request = new XMLHttpRequest();
  const bar = box.querySelector("progress");
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.value = (100 * loaded) / total;
    if (total > MEGABYTE && loaded < total) say(box, box.dataset.percent.replace("{n}", Math.floor(bar.value)));
    else say(box, box.dataset.checking);
  });
  const over = () => delete form.dataset.busy;
  request.addEventListener("load", () => {
    over();
    shown(request);
  });
  for (const trouble of ["error", "abort", "timeout"]) {
    request.addEventListener(trouble, () => {
      over();
      say(box, box.dataset.lost, true);
    });
  }
  request.open("POST", form.action);
  request.send(new FormData(form));
}, true);
