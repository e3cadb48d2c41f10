// The coder's form: shows the page that Python wrote, and tells Python which key was pressed.
// A button stands for its key, so that mouse, keyboard and screen reader go the same way.
function render({ model, el }) {
  const root = document.createElement("div");
  root.className = "coder-form";
  root.tabIndex = 0;
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", model.get("label") || "Coder's form");
  // JupyterLab would take x for "cut the cell".
  root.setAttribute("data-lm-suppress-shortcuts", "true");

  const send = (key) => {
    model.set("pressed", [model.get("pressed")[0] + 1, key]);
    model.save_changes();
  };
  const draw = () => {
    const focused = root.contains(document.activeElement);
    root.innerHTML = model.get("page");
    if (focused) root.focus();
  };
  root.addEventListener("keydown", (event) => {
    if (event.target.matches("input")) {
      if (event.key === "Enter" || event.key === "Escape") root.focus();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const button = root.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (event.key === "t") {
      event.preventDefault();
      root.querySelector("input")?.focus();
    } else if (button && !(event.key === "Enter" && event.target.matches("button"))) {
      event.preventDefault();
      send(event.key);
    }
  });
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-key]");
    if (button) send(button.dataset.key);
  });
  root.addEventListener("change", (event) => {
    model.set("note", [event.target.dataset.item, event.target.value]);
    model.save_changes();
  });
  model.on("change:page", draw);
  draw();
  el.appendChild(root);
}
export default { render };
