// Hands a page's address on. Shown only where one of the two ways exists.

const within = (event, selector) => (event.target instanceof Element ? event.target.closest(selector) : null);

for (const place of document.querySelectorAll("[data-share]")) {
  const button = place.querySelector("button");
  if (navigator.share) button.textContent = button.dataset.native;
  place.hidden = !navigator.share && !navigator.clipboard;
}

document.addEventListener("click", async (event) => {
  const place = within(event, "[data-share] button")?.closest("[data-share]");
  if (!place) return;
  const { share: url, title } = place.dataset;
  if (navigator.share) {
    // Refused where the reader thinks better of it.
    await navigator.share({ url, title }).catch(() => undefined);
    return;
  }
  await navigator.clipboard.writeText(url);
  const said = place.querySelector("[data-said]");
  said.textContent = said.dataset.said;
});
