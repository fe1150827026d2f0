/* The search page: asks the index of each language, that of the query's script first. Text stays text. */
(function () {
  "use strict";

  const STEP = 10;
  const form = document.querySelector("form.find");
  const box = document.getElementById("q");
  const list = document.getElementById("search-results");
  const count = document.getElementById("search-count");
  const more = document.getElementById("search-more");
  const base = new URL("../", document.currentScript.src);
  let engines = null;
  let turn = 0;
  let rest = [];
  let seen = new Set();

  function show(id) {
    document.getElementById(id).hidden = false;
  }

  if (location.protocol === "file:") {
    show("search-local");
    return;
  }

  async function load() {
    const found = {};
    for (const language of ["zh", "en"]) {
      const engine = await import(new URL("search/" + language + "/pagefind.js", base).href);
      await engine.options({ baseUrl: "/", excerptLength: language === "zh" ? 40 : 30 });
      await engine.init();
      found[language] = engine;
    }
    return found;
  }

  /* An excerpt is text with <mark> around the words found, everything else escaped. */
  function excerpt(target, marked) {
    let strong = false;
    for (const piece of marked.split(/(<\/?mark>)/)) {
      if (piece === "<mark>" || piece === "</mark>") {
        strong = piece === "<mark>";
        continue;
      }
      const text = piece
        .replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&#39;", "'")
        .replaceAll("&amp;", "&");
      if (strong) {
        const mark = document.createElement("mark");
        mark.textContent = text;
        target.append(mark);
      } else {
        target.append(text);
      }
    }
  }

  function part(tag, name, text) {
    const node = document.createElement(tag);
    node.className = name;
    node.textContent = text;
    return node;
  }

  /* An interview that was found in both languages is shown once, in that of the query. */
  async function grow() {
    const own = turn;
    const some = rest.splice(0, STEP);
    const loaded = await Promise.all(some.map(async function (hit) {
      return { language: hit.language, data: await hit.result.data() };
    }));
    if (own !== turn) {
      return;
    }
    for (const hit of loaded) {
      const address = new URL(hit.data.raw_url || hit.data.url, base);
      if (address.origin !== base.origin || seen.has(address.href)) {
        continue;
      }
      seen.add(address.href);
      const item = document.createElement("li");
      item.lang = hit.language === "zh" ? "zh-Hans" : "en";
      const link = document.createElement("a");
      link.href = address.href;
      link.textContent = hit.data.meta.title;
      item.append(link, part("p", "meta", [hit.data.meta.date, hit.data.meta.detail].filter(Boolean).join(" · ")));
      const quoted = part("p", "excerpt", "");
      excerpt(quoted, hit.data.excerpt);
      item.append(quoted);
      list.append(item);
    }
    more.hidden = rest.length === 0;
  }

  async function search(query) {
    const own = ++turn;
    list.replaceChildren();
    more.hidden = true;
    rest = [];
    seen = new Set();
    count.textContent = "";
    if (!query) {
      return;
    }
    count.textContent = "正在搜索… Searching…";
    try {
      engines = engines || load();
      const ready = await engines;
      const order = /[a-z]/i.test(query) && !/[\u3400-\u9fff]/.test(query) ? ["en", "zh"] : ["zh", "en"];
      const hits = [];
      const told = [];
      for (const language of order) {
        const found = await ready[language].search(query);
        if (found.results.length) {
          told.push((language === "zh" ? "中文 " : "English ") + found.results.length);
        }
        found.results.forEach(function (result) { hits.push({ language: language, result: result }); });
      }
      if (own !== turn) {
        return;
      }
      rest = hits;
      count.textContent = told.length ? "访谈 Interviews: " + told.join(" · ") : "没有结果 Nothing found";
      await grow();
    } catch (error) {
      count.textContent = "";
      show("search-failed");
    }
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    const query = box.value.trim();
    history.replaceState(null, "", location.pathname + (query ? "?" + new URLSearchParams({ q: query }) : ""));
    search(query);
  });
  more.addEventListener("click", grow);
  box.value = new URLSearchParams(location.search).get("q") || "";
  search(box.value.trim());
})();
