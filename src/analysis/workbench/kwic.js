// The lines of a concordance: one is gone to by arrow keys, marked by space, read by Enter.
// Everything is text, never HTML: the words are somebody else's.
function render({ model, el }) {
  const table = document.createElement("table");
  table.setAttribute("role", "grid");
  table.setAttribute("aria-multiselectable", "true");
  table.setAttribute("aria-label", "Lines");
  // JupyterLab would take the arrows for going from cell to cell.
  table.setAttribute("data-lm-suppress-shortcuts", "true");
  const head = table.createTHead();
  const body = table.createTBody();
  let at = 0;

  const cell = (tag, role, text, name) => {
    const made = document.createElement(tag);
    made.setAttribute("role", role);
    made.className = `kwic-${name}`;
    const inner = document.createElement("span");
    inner.textContent = text;
    made.append(inner);
    if (tag === "td") made.title = text;
    return made;
  };
  const row = (tag, role, texts) => {
    const made = document.createElement("tr");
    made.setAttribute("role", "row");
    const columns = model.get("columns");
    made.append(...texts.map((text, number) => cell(tag, role, text, columns[number][1])));
    return made;
  };
  const mark = () => {
    const marked = new Set(model.get("selected_rows"));
    [...body.rows].forEach((line, number) => {
      line.classList.toggle("selected", marked.has(number));
      line.setAttribute("aria-selected", String(marked.has(number)));
    });
  };
  const go = (to, focus = true) => {
    if (!body.rows.length) return;
    body.rows[at]?.setAttribute("tabindex", "-1");
    at = Math.min(Math.max(to, 0), body.rows.length - 1);
    body.rows[at].setAttribute("tabindex", "0");
    if (focus) body.rows[at].focus();
  };
  const draw = () => {
    const focused = table.contains(document.activeElement);
    const columns = model.get("columns");
    table.className = `kwic ${model.get("kind")}`;
    head.replaceChildren(row("th", "columnheader", columns.map(([title]) => title)));
    body.replaceChildren(...model.get("rows").map((texts) => row("td", "gridcell", texts)));
    mark();
    at = 0;
    go(0, focused);
  };
  const send = (name, value) => {
    model.set(name, value);
    model.save_changes();
  };
  const toggle = (number) => {
    const marked = model.get("selected_rows");
    const others = marked.filter((one) => one !== number);
    send("selected_rows", others.length < marked.length ? others : [...marked, number]);
    mark();
  };
  body.addEventListener("click", (event) => {
    const line = event.target.closest("tr");
    if (!line) return;
    go(line.sectionRowIndex);
    toggle(at);
  });
  body.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const count = (name) => [model.get(name)[0] + 1];
    const keys = {
      ArrowDown: () => go(at + 1),
      ArrowUp: () => go(at - 1),
      Home: () => go(0),
      End: () => go(body.rows.length - 1),
      " ": () => toggle(at),
      Enter: () => send("read", [...count("read"), at]),
      PageDown: () => send("turned", [...count("turned"), 1]),
      PageUp: () => send("turned", [...count("turned"), -1]),
    };
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
  model.on("change:rows", draw);
  model.on("change:selected_rows", mark);
  draw();
  el.append(table);
}
export default { render };
