// A small box of links (details.dl), a group of the menu (details.menu-group) closes with Escape and with a click elsewhere.

const opened = () => document.querySelectorAll("details:is(.dl, .menu-group)[open]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const box of opened()) {
    box.open = false;
    box.querySelector("summary").focus();
  }
});

document.addEventListener("click", (event) => {
  for (const box of opened()) if (!box.contains(event.target)) box.open = false;
});
