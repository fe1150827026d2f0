/* Sorts and filters the tables of the site. Without it they are whole, and in a useful order. */
(function () {
  "use strict";

  const collator = new Intl.Collator("zh-Hans-u-co-pinyin", { numeric: true, sensitivity: "base" });

  function keyOf(cell) {
    return cell.dataset.key === undefined ? cell.textContent.trim() : cell.dataset.key;
  }

  /* Values compare within their unit; what has no key comes last in either direction. */
  function compare(kind, a, b) {
    if (kind === "value") {
      const unit = collator.compare(a.unit, b.unit);
      return unit !== 0 ? unit : Number(a.key) - Number(b.key);
    }
    return kind === "text" ? collator.compare(a.key, b.key) : a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
  }

  function sortable(table) {
    const body = table.tBodies[0];
    const heads = Array.from(table.tHead.rows[0].cells);
    heads.forEach(function (head, column) {
      if (!head.dataset.sort) {
        return;
      }
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", function () {
        const down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach(function (other) {
          other.removeAttribute("aria-sort");
        });
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const rows = Array.from(body.rows).map(function (row, at) {
          const cell = row.cells[column];
          return { row: row, at: at, key: keyOf(cell), unit: cell.dataset.unit || "" };
        });
        rows.sort(function (a, b) {
          if ((a.key === "") !== (b.key === "")) {
            return a.key === "" ? 1 : -1;
          }
          const order = compare(head.dataset.sort, a, b);
          return (down ? -order : order) || a.at - b.at;
        });
        body.append(...rows.map(function (entry) { return entry.row; }));
      });
    });
  }

  function filterable(form) {
    const table = document.getElementById(form.dataset.filters);
    const rows = Array.from(table.tBodies[0].rows).map(function (row) {
      return { row: row, text: row.textContent.toLowerCase() };
    });
    const output = form.querySelector("output");
    const wanted = new URLSearchParams(location.search);

    function apply() {
      const address = new URLSearchParams();
      const choices = [];
      let words = [];
      for (const field of form.elements) {
        if (!field.name || (field.type === "checkbox" && !field.checked) || !field.value.trim()) {
          continue;
        }
        address.set(field.name, field.value.trim());
        if (field.name === "q") {
          words = field.value.toLowerCase().trim().split(/\s+/);
        } else {
          choices.push([field.name, field.value]);
        }
      }
      let shown = 0;
      for (const entry of rows) {
        const fits =
          words.every(function (word) { return entry.text.includes(word); }) &&
          choices.every(function (choice) { return entry.row.dataset[choice[0]] === choice[1]; });
        entry.row.hidden = !fits;
        shown += fits ? 1 : 0;
      }
      output.textContent = shown === rows.length ? "" : shown + " / " + rows.length;
      try {
        const query = address.toString();
        history.replaceState(null, "", location.pathname + (query ? "?" + query : "") + location.hash);
      } catch (error) {
        /* A file opened from disk may not change its address. */
      }
    }

    for (const field of form.elements) {
      if (field.name && wanted.has(field.name)) {
        if (field.type === "checkbox") {
          field.checked = wanted.get(field.name) === field.value;
        } else {
          field.value = wanted.get(field.name);
        }
      }
    }
    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("reset", function () { setTimeout(apply, 0); });
    apply();
  }

  document.querySelectorAll("table[data-register]").forEach(sortable);
  document.querySelectorAll("form[data-filters]").forEach(filterable);
})();
