"use strict";
/* The findings by child or by rule. Groups are drawn as they come into sight, and filled as they are opened. */
const DATA = JSON.parse(document.getElementById("data").textContent);
const { rules, children, tables, findings, reasons } = DATA;
const AT_ONCE = 60, ROWS = 50, PRINTED = 3000;
const find = (id) => document.getElementById(id);
const list = find("list"), search = find("search");
const filters = ["severity", "topic", "table", "rule", "state", "sort"].map(find);
const names = new Intl.Collator("en", { numeric: true }).compare;
const many = (n, one, more) => `${n.toLocaleString("en-GB")} ${n === 1 ? one : more || one + "s"}`;
const called = (of) => of.name + (of.last ? ", last year" : "");

/* elements, of text alone: nothing of a return is ever read as markup */
function make(tag, about = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(about)) if (value) made.setAttribute(name, value);
  made.append(...inside.filter((each) => each !== null));
  return made;
}

/* where each child's rows begin in each table: rows go child by child */
const starts = tables.map((of) => {
  const found = new Map();
  of.child.forEach((child, row) => { if (child >= 0 && !found.has(child)) found.set(child, row); });
  return found;
});
const every = Array.from(findings.rule.keys());
const words = rules.map((rule) => `${rule.code} ${rule.message} ${rule.topic}`.toLowerCase());
const ids = children.map((child) => child.toLowerCase());
const cell = (column, row) => column.values[column.at[row]];
const isAccepted = (n) => findings.accepted[n] >= 0;

let view = "child", groups = [], shown = 0;

function wanted() {
  const text = search.value.trim().toLowerCase();
  const [severity, topic, table, rule, state] = filters.map((each) => each.value);
  const said = words.map((word) => !text || word.includes(text));
  const named = ids.map((id) => !text || id.includes(text));
  const fits = rules.map((each) => (!severity || each.severity === severity) && (!topic || each.topic === topic) && (!rule || each.code === rule));
  const states = { new: (n) => findings.new[n], open: (n) => !isAccepted(n), accepted: isAccepted };
  return every.filter((n) => fits[findings.rule[n]]
    && (!table || String(findings.table[n]) === table)
    && (!state || states[state](n))
    && (said[findings.rule[n]] || (findings.child[n] >= 0 && named[findings.child[n]])));
}

function grouped(numbers) {
  const of = view === "child" ? findings.child : findings.rule, found = new Map();
  for (const n of numbers) {
    if (!found.has(of[n])) found.set(of[n], []);
    found.get(of[n]).push(n);
  }
  const name = (key) => view === "child" ? children[key] || "" : rules[key].code;
  const errors = (group) => group.filter((n) => rules[findings.rule[n]].severity === "error").length;
  const made = [...found].map(([key, group]) => ({ key, group, errors: errors(group), name: name(key) }));
  const most = (a, b) => b.errors - a.errors || b.group.length - a.group.length;
  return made.sort((a, b) => (find("sort").value === "many" ? most(a, b) : 0) || names(a.name, b.name));
}

function badges({ group, errors }) {
  const accepted = group.filter(isAccepted).length, fresh = group.filter((n) => findings.new[n]).length;
  const parts = [["error", errors, "to mend"], ["query", group.length - errors, "to confirm"], ["accepted", accepted, "accepted"], ["new", fresh, "new"]];
  return parts.filter(([, n]) => n).map(([kind, n, said]) => make("span", { class: `badge ${kind}` }, `${n.toLocaleString("en-GB")} ${said}`));
}

function drawn(of) {
  const codes = [...new Set(of.group.map((n) => rules[findings.rule[n]].code))];
  const what = view === "child" ? codes.join(", ") : rules[of.key].message;
  const name = view === "child" ? of.name || "no identifier" : `Rule ${of.name}`;
  const summary = make("summary", {}, make("span", { class: "name" }, name), make("span", { class: "what" }, what), ...badges(of));
  const made = make("details", { id: view === "child" ? `child-${of.key}` : `rule-${of.name}` }, summary);
  made.addEventListener("toggle", () => fill(made, of));
  return made;
}

function fill(made, of) {
  if (!made.open || made.querySelector(".body")) return;
  made.append(make("div", { class: "body" }, ...(view === "child" ? ofChild(of) : ofRule(of))));
}

function place(n) {
  const of = tables[findings.table[n]], row = findings.row[n], file = cell(of.file, row);
  return file && of.line[row] ? `${file}:${of.line[row]}` : `${called(of)} row ${of.row[row]}`;
}

/* one child: what is wrong, then its rows with the cells marked */
function ofChild({ key, group }) {
  const by = new Map();
  for (const n of group) by.set(findings.rule[n], [...(by.get(findings.rule[n]) || []), n]);
  const said = [...by].map(([rule, numbers]) => finding(rules[rule], numbers));
  return [...said, ...(key < 0 ? loose(group) : tables.map((of, t) => rowsOf(of, t, group, sameChild(t, key))))].filter(Boolean);
}

const sameChild = (t, child) => {
  const found = [], rows = tables[t].child;
  for (let row = starts[t].get(child); row !== undefined && rows[row] === child; row += 1) found.push(row);
  return found;
};
const loose = (group) => tables.map((of, t) => rowsOf(of, t, group, [...new Set(group.filter((n) => findings.table[n] === t).map((n) => findings.row[n]))].slice(0, ROWS)));

function finding(rule, numbers) {
  const accepted = numbers.filter(isAccepted);
  const why = [...new Set(accepted.map((n) => reasons[findings.accepted[n]]))].join("; ");
  const link = make("a", { href: `#rule-${rule.code}` }, `Rule ${rule.code}`);
  return make("div", { class: `finding ${rule.severity} ${accepted.length === numbers.length ? "accepted" : ""}` },
    make("p", {}, make("b", {}, link, ": "), rule.message),
    make("p", { class: "where" }, numbers.slice(0, 8).map(place).join(", ") + (numbers.length > 8 ? ` and ${numbers.length - 8} more` : "")),
    make("p", { class: "fix" }, `How to mend it: ${rule.fix}`),
    accepted.length ? make("p", {}, make("span", { class: "badge accepted" }, `accepted: ${why}`)) : null);
}

/* the rows of a table, with the cells that the rules of these findings read, and look at, marked */
function rowsOf(of, t, group, rows) {
  if (!rows.length) return null;
  const marks = new Map();
  for (const n of group) {
    if (findings.table[n] !== t) continue;
    const rule = rules[findings.rule[n]], found = marks.get(findings.row[n]) || { reads: new Set(), fields: new Set() };
    (rule.reads[t] || []).forEach((column) => found.reads.add(column));
    (rule.fields[t] || []).forEach((column) => found.fields.add(column));
    marks.set(findings.row[n], found);
  }
  const columns = of.columns.map((_, c) => c).filter((c) => rows.some((row) => cell(of.cells[c], row) !== null || marks.get(row)?.reads.has(c)));
  const head = make("tr", {}, ...["Row", ...columns.map((c) => of.columns[c])].map((name) => make("th", { scope: "col" }, name)));
  const body = rows.map((row) => drawnRow(of, row, columns, marks.get(row)));
  const table = make("table", {}, make("thead", {}, head), make("tbody", {}, ...body));
  return make("section", { class: "rows", "aria-label": called(of) }, make("h3", {}, called(of)), make("div", { class: "scroll", tabindex: "0" }, table));
}

function drawnRow(of, row, columns, mark) {
  const first = make("th", { scope: "row" }, of.line[row] ? `line ${of.line[row]}` : `row ${of.row[row]}`);
  const cells = columns.map((c) => {
    const value = cell(of.cells[c], row), kind = mark?.fields.has(c) ? "look" : mark?.reads.has(c) ? "read" : "";
    return make("td", { class: kind }, value === null ? make("span", { class: "blank" }, kind ? "blank" : "") : value);
  });
  return make("tr", { class: mark ? "flagged" : "around" }, first, ...cells);
}

/* one rule: its words, then the rows that it flags */
function ofRule({ key, group }) {
  const rule = rules[key], said = [["When it fires", rule.when], ["Why", rule.why], ["How to mend it", rule.fix]];
  const texts = said.map(([name, text]) => make("p", {}, make("b", {}, `${name}: `), text));
  const holder = make("div", {});
  further(holder, group, 0);
  return [...texts, holder];
}

function further(holder, group, from) {
  const part = group.slice(from, from + ROWS), by = new Map();
  for (const n of part) by.set(findings.table[n], [...(by.get(findings.table[n]) || []), n]);
  for (const [t, numbers] of by) holder.append(flagged(tables[t], t, numbers));
  if (from + ROWS >= group.length) return;
  const more = make("button", { type: "button", class: "further" }, `Show ${Math.min(ROWS, group.length - from - ROWS)} of ${(group.length - from - ROWS).toLocaleString("en-GB")} more`);
  more.addEventListener("click", () => { more.remove(); further(holder, group, from + ROWS); });
  holder.append(more);
}

function flagged(of, t, numbers) {
  const section = rowsOf(of, t, numbers, numbers.map((n) => findings.row[n]));
  section.querySelectorAll("tbody tr").forEach((line, place) => {
    const child = findings.child[numbers[place]], name = children[child] || "no identifier";
    line.firstChild.replaceChildren(child >= 0 ? make("a", { href: `#child-${child}` }, name) : name);
  });
  section.querySelector("thead th").textContent = "Child";
  return section;
}

function more(count = AT_ONCE) {
  list.append(...groups.slice(shown, shown + count).map(drawn));
  shown = Math.min(shown + count, groups.length);
}

function draw() {
  const numbers = wanted();
  groups = grouped(numbers);
  shown = 0;
  list.replaceChildren();
  more();
  const of = view === "child" ? many(groups.length, "child", "children") : many(groups.length, "rule");
  find("count").textContent = numbers.length ? `${many(numbers.length, "finding")} of ${of}` : every.length ? "No finding is like this." : "Nothing was flagged.";
}

function look(at) {
  view = at;
  for (const each of ["child", "rule"]) find(`by-${each}`).setAttribute("aria-pressed", String(each === at));
  draw();
}

/* #child-17 and #rule-361 open what they name, whatever was filtered */
function follow() {
  const found = /^#(child|rule)-(.+)$/.exec(decodeURIComponent(location.hash));
  if (!found) return;
  const key = found[1] === "child" ? Number(found[2]) : rules.findIndex((rule) => rule.code === found[2]);
  if (!groups.some((of) => of.key === key) || view !== found[1]) {
    if (!wanted().some((n) => (found[1] === "child" ? findings.child : findings.rule)[n] === key)) clear();
    look(found[1]);
  }
  const place = groups.findIndex((of) => of.key === key);
  if (place < 0) return;
  if (place >= shown) more(place - shown + AT_ONCE);
  const made = find(location.hash.slice(1)) || find(decodeURIComponent(location.hash.slice(1)));
  made.open = true;
  made.scrollIntoView();
  made.querySelector("summary").focus({ preventScroll: true });
}

function clear() {
  search.value = "";
  filters.forEach((each) => { each.selectedIndex = 0; });
}

function offer(select, options) {
  select.append(...options.map(([value, text]) => make("option", { value: String(value) }, text)));
}

offer(find("topic"), [...new Set(rules.map((rule) => rule.topic))].sort().map((topic) => [topic, topic]));
offer(find("table"), tables.map((of, t) => [t, called(of)]).filter(([t]) => findings.table.includes(t)));
offer(find("rule"), rules.map((rule) => [rule.code, rule.code]));
const states = [["new", "new", findings.new.some(Boolean)], ["open", "not accepted", reasons.length], ["accepted", "accepted", reasons.length]];
offer(find("state"), states.filter(([, , is]) => is).map(([value, text]) => [value, text]));
find("state-of").hidden = !states.some(([, , is]) => is);

let typing;
search.addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(draw, 120); });
filters.forEach((each) => each.addEventListener("change", draw));
find("filters").addEventListener("submit", (event) => event.preventDefault());
find("clear").addEventListener("click", () => { clear(); draw(); search.focus(); });
find("by-child").addEventListener("click", () => look("child"));
find("by-rule").addEventListener("click", () => look("rule"));
window.addEventListener("hashchange", follow);
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !/INPUT|SELECT/.test(document.activeElement.tagName)) { event.preventDefault(); search.focus(); }
});
new IntersectionObserver((seen) => { if (seen.some((each) => each.isIntersecting) && shown < groups.length) more(); }, { rootMargin: "800px" }).observe(find("more"));
/* paper shows all that is selected, opened; of more findings than that, the names alone, and it says so */
window.addEventListener("beforeprint", () => {
  const selected = groups.reduce((sum, of) => sum + of.group.length, 0), fits = selected <= PRINTED;
  find("read").querySelectorAll("details").forEach((notes) => { notes.open = true; });
  find("too-many").hidden = fits;
  more(groups.length);
  if (!fits) return;
  list.querySelectorAll(":scope > details").forEach((made, place) => { made.open = true; fill(made, groups[place]); });
  for (let button; (button = list.querySelector(".further"));) button.click();
});
draw();
follow();
