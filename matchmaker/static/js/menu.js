// The account menu closes on Escape and on a click elsewhere.

const within = (event, selector) => (event.target instanceof Element ? event.target.closest(selector) : null);

const closeAccount = (except) =>
  document.querySelectorAll(".account[open]").forEach((menu) => {
    if (menu !== except) menu.open = false;
  });

document.addEventListener("click", (event) => closeAccount(within(event, ".account")));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeAccount(null);
});
