"use strict";
// This script looks up and shows; it adds up nothing, because whatever a page computes will one day
// disagree with the table it came from. Its state stands in the address, so that a view can be shared.

const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const one = (selector, from = document) => from.querySelector(selector);

// State: "#?weeks=13&preset=drops". An address without "?" is a place on the page.
function state() {
  const { hash } = window.location;
  return new URLSearchParams(hash.startsWith("#?") ? hash.slice(2) : "");
}

function remember(changes) {
  const now = state();
  for (const [name, value] of Object.entries(changes)) {
    if (value) now.set(name, value);
    else now.delete(name);
  }
  const text = now.toString();
  const address = text ? `#?${text}` : window.location.pathname.concat(window.location.search);
  window.history.replaceState(null, "", address);
}

// Comparison: every change is in the page, and all but the chosen one are hidden.
function compare(weeks) {
  for (const shown of all("[data-weeks]")) shown.hidden = shown.dataset.weeks !== weeks;
}

function prepareComparison() {
  const choice = one("#weeks");
  if (!choice) return;
  const asked = state().get("weeks");
  if (asked && one(`#weeks option[value="${CSS.escape(asked)}"]`)) choice.value = asked;
  compare(choice.value);
  choice.addEventListener("change", () => {
    compare(choice.value);
    remember({ weeks: choice.value });
  });
}

// Two segments: the cell whose key they make is shown, or the page says that there is none.
function prepareLookup() {
  const data = one("#cube");
  if (!data) return;
  const { cells, kinds } = JSON.parse(data.textContent);
  const choices = [one("#first-segment"), one("#second-segment")];
  const known = state();
  choices.forEach((choice) => {
    const asked = known.get(choice.name);
    if (asked && [...choice.options].some((option) => option.value === asked)) choice.value = asked;
    choice.addEventListener("change", look);
  });

  function look() {
    const key = choices.map((choice) => choice.value).filter(Boolean).sort().join("|");
    const found = cells[key] ?? {};
    for (const place of all("[data-figure]")) show(place, found[place.dataset.period]);
    one("#lookup-said").textContent = cells[key] ? found.said ?? "" : "No customer is in both.";
    remember(Object.fromEntries(choices.map((choice) => [choice.name, choice.value])));
  }

  function show(place, cell) {
    const { figure } = place.dataset;
    const [text, value] = cell?.[figure] ?? [];
    place.textContent = text ?? "–";
    if (text) Object.assign(place.dataset, { fact: `${cell.place}#${figure}`, value, kind: kinds[figure] });
    else for (const name of ["fact", "value", "kind"]) delete place.dataset[name];
  }

  look();
}

// The list of customers: search, sort, panes of filters, presets.
function prepareExplorer() {
  const element = one("#customers");
  if (!element || !globalThis.DataTable) return;
  const owner = one("#owner");
  const known = state();
  const chosen = { preset: known.get("preset") ?? "", owner: known.get("owner") ?? "" };
  const headings = all("thead th", element);
  const facets = headings.flatMap((heading, place) => ("facet" in heading.dataset ? [place] : []));
  const before = facets.flatMap((column) => {
    const rows = known.getAll(headings[column].dataset.facet);
    return rows.length ? [{ column, rows }] : [];
  });

  DataTable.ext.search.push((settings, texts, place, row) => {
    if (settings.nTable !== element) return true;
    return (!chosen.preset || row.p.includes(chosen.preset)) && (!chosen.owner || row.o === chosen.owner);
  });

  // A row is made when it is first shown. A cell is its markup, or that with the value of which it is the fact, or with the
  // value by which it is sorted and the text by which it is found.
  const listed = JSON.parse(one("#customer-rows").textContent);
  const columns = headings.map((heading, place) => ({
    cellType: place ? "td" : "th",
    className: heading.className,
    type: heading.classList.contains("n") ? "num" : heading.dataset.kind ? "string" : "html",
    data: (row, use) => {
      const cell = row.c[place];
      if (typeof cell === "string") return cell;
      if (use === "sort" || use === "type") return cell[1] ?? cell[0];
      return use === "filter" ? cell[2] ?? cell[0] : cell[0];
    },
    createdCell: (made, value, row) => {
      const cell = row.c[place];
      if (!place) made.scope = "row";
      if (cell.length !== 2 || typeof cell === "string") return;
      Object.assign(made.dataset, { fact: `#${heading.dataset.column}`, kind: heading.dataset.kind, order: cell[1] });
    },
  }));

  const table = new DataTable(element, {
    data: listed.rows, columns, deferRender: true,
    createdRow: (made, row) => {
      made.dataset.row = `${listed.table}?${row.k}`;
      made.dataset.account = new URLSearchParams(row.k).get("account_id");
      if (row.u) made.className = "unsure";
    },
    layout: {
      top1: { searchPanes: {
        // Counts follow each other; that rows without a customer vanish as well takes twice as long, and whom one could add is gone.
        viewTotal: true, columns: facets, preSelect: before, layout: "columns-5", collapse: false,
        // A pane scrolls by its style sheet: measured columns of five panes would take most of the time of a filter.
        dtOpts: { autoWidth: false, select: { style: "multi", keys: true }, scrollY: "", scrollCollapse: false },
      } },
      topStart: "info", topEnd: "search", bottomStart: "pageLength", bottomEnd: "paging",
    },
    language: {
      search: "Search", info: "_TOTAL_ of _MAX_ customers", infoFiltered: "", infoEmpty: "0 of _MAX_ customers",
      searchPanes: { title: { _: "%d filters set", 0: "No filter is set", 1: "1 filter is set" }, clearMessage: "Clear all" },
    },
    pageLength: 25, lengthMenu: [25, 50, 100, { label: "all", value: -1 }],
    // What stands below the plan already is a column for its filter alone.
    columnDefs: [{ targets: headings.flatMap((heading, place) => (heading.classList.contains("aside") ? [place] : [])), visible: false },
      { targets: facets, searchPanes: { show: true, orthogonal: { display: "filter" } } }],
    order: [], autoWidth: false, search: { search: known.get("search") ?? "" },
  });

  one("#filters").append(one("div.dtsp-panesContainer"));
  // What scrolls by itself is reached and named without a mouse, too.
  all("div.dtsp-searchPane div.dt-container").forEach((pane, place) => {
    pane.tabIndex = 0;
    pane.setAttribute("role", "region");
    pane.setAttribute("aria-label", `Filter by ${headings[facets[place]].textContent.trim()}`);
  });
  one("#filters").open = before.length > 0 || window.matchMedia("(min-width: 60rem)").matches;

  function apply(sorted) {
    for (const button of all("[data-preset]")) button.setAttribute("aria-pressed", String(button.dataset.preset === chosen.preset));
    if (owner) owner.value = chosen.owner;
    if (sorted?.dataset.sort) table.order([headings.findIndex((heading) => heading.dataset.column === sorted.dataset.sort), sorted.dataset.direction]);
    table.draw();
    remember(chosen);
  }

  for (const button of all("[data-preset]")) {
    button.addEventListener("click", () => {
      chosen.preset = button.dataset.preset;
      apply(button);
    });
  }
  owner?.addEventListener("change", () => {
    chosen.owner = owner.value;
    apply();
  });
  // The picture shows whom the filters leave, each where the page was told that it stands.
  function place() {
    const ways = {};
    for (const { s: spot } of table.rows({ search: "applied" }).data().toArray()) {
      if (spot) (ways[spot[2]] ??= []).push(`M${spot[0]} ${spot[1]}h0`);
    }
    for (const path of all("#scatter [data-band]")) path.setAttribute("d", (ways[path.dataset.band] ?? []).join(""));
  }

  one(".scatter")?.addEventListener("toggle", place);
  // One filter draws the list several times before anybody sees it: what follows from it is done once, at the end.
  let isWaiting = false;
  table.on("draw", () => {
    if (!isWaiting) queueMicrotask(drawn);
    isWaiting = true;
  });
  function drawn() {
    isWaiting = false;
    if (one(".scatter")?.open) place();
    const now = state();
    for (const column of facets) now.delete(headings[column].dataset.facet);
    all("div.dtsp-searchPane").forEach((pane, place) => {
      for (const name of all("tr.selected span.dtsp-name", pane)) now.append(headings[facets[place]].dataset.facet, name.textContent);
    });
    now.delete("search");
    if (table.search()) now.set("search", table.search());
    const text = now.toString();
    window.history.replaceState(null, "", text ? `#?${text}` : window.location.pathname);
  }
  let length = table.page.len();
  window.addEventListener("beforeprint", () => {
    length = table.page.len();
    table.page.len(-1).draw();
  });
  window.addEventListener("afterprint", () => table.page.len(length).draw());
  const asked = all("[data-preset]").find((button) => button.dataset.preset === chosen.preset);
  apply(asked);
}

// Any other long table: search, sort and pages; on paper all of it.
function prepareTables() {
  if (!globalThis.DataTable) return;
  for (const element of all("table.explored")) {
    const table = new DataTable(element, {
      layout: { topStart: "info", topEnd: "search", bottomStart: "pageLength", bottomEnd: "paging" },
      language: { search: "Search", info: "_TOTAL_ of _MAX_", infoFiltered: "", infoEmpty: "0 of _MAX_" },
      pageLength: 25, lengthMenu: [25, 50, 100, { label: "all", value: -1 }], order: [], autoWidth: false,
    });
    window.addEventListener("beforeprint", () => table.page.len(-1).draw());
    narrow(table, element);
  }
}

// Whose rows, or of what kind: one choice for each column that is marked.
function narrow(table, element) {
  const choices = document.createElement("div");
  choices.className = "controls";
  for (const heading of all("thead th[data-facet]", element)) {
    const column = table.column(heading);
    const texts = column.nodes().toArray().map((cell) => cell.dataset.search ?? cell.textContent.trim());
    const label = document.createElement("label");
    const choice = document.createElement("select");
    choice.append(new Option("all", ""), ...[...new Set(texts)].sort().map((text) => new Option(text, text)));
    choice.addEventListener("change", () => column.search(choice.value, { exact: Boolean(choice.value) }).draw());
    label.append(heading.dataset.facet, " ", choice);
    choices.append(label);
  }
  if (choices.children.length) element.closest(".scroll").before(choices);
}

// What is folded is printed unfolded.
window.addEventListener("beforeprint", () => { for (const folded of all("details")) folded.open = true; });

prepareComparison();
prepareLookup();
prepareExplorer();
prepareTables();
document.documentElement.dataset.ready = "yes";
