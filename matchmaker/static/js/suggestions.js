// Suggestions: three at most are compared; the focus goes on where a list goes on.

const MOST = 3;

function tellChosen() {
  const boxes = [...document.querySelectorAll(".weigh-box")];
  const chosen = boxes.filter((box) => box.checked).length;
  boxes.forEach((box) => (box.disabled = !box.checked && chosen >= MOST));
  const line = document.querySelector("[data-pick-said]");
  if (line && chosen) line.textContent = line.dataset.pickSaid.replace("{n}", chosen);
}

document.addEventListener("change", ({ target }) => {
  if (target instanceof Element && target.matches(".weigh-box")) tellChosen();
});
window.addEventListener("pageshow", tellChosen);

document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (!(target instanceof Element) || !target.matches("[data-continued]")) return;
  target.removeAttribute("data-continued");
  target.querySelector("a")?.focus({ preventScroll: true });
  tellChosen();
});

// Signed out meanwhile, say: nothing was kept. Sent the plain way, the answer is a page that says what to do.
document.addEventListener("htmx:responseError", ({ target, detail }) => {
  if (!(target instanceof HTMLFormElement) || !target.matches("[data-resend]")) return;
  const pressed = document.createElement("input");
  pressed.type = "hidden";
  pressed.name = "verdict";
  pressed.value = detail.requestConfig.formData.get("verdict");
  target.append(pressed);
  target.submit();
});
