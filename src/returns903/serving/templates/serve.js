"use strict";
const at = (id) => document.getElementById(id);
const form = at("asked");
const held = { return: [], previous: [], providers: [], postcodes: [] };
const MOST = Number(form.dataset.most);

function say(id, text) { at(id).textContent = text; }

function wrong(text) {
  say("wrong", text);
  at("wrong").hidden = !text;
}

function size(files) { return files.reduce((sum, each) => sum + each.file.size, 0); }

function show(role) {
  const zone = document.querySelector(`.drop[data-role="${role}"]`);
  if (!zone) return;
  const files = held[role];
  zone.classList.toggle("full", files.length > 0);
  const kib = size(files) / 1024;
  const large = kib < 1000 ? `${Math.ceil(kib)} KiB` : `${(kib / 1024).toFixed(1)} MiB`;
  const names = files.slice(0, 3).map((each) => each.name).join(", ");
  const more = files.length > 3 ? ` and ${files.length - 3} more` : "";
  say(`${role}-held`, files.length ? `${files.length} file${files.length > 1 ? "s" : ""}, ${large}: ${names}${more}` : "");
}

function keep(role, files) {
  held[role] = files;
  wrong("");
  show(role);
}

/* What was dropped: files, and what lies in folders, with their paths. */
async function within(entry, path) {
  if (entry.isFile) {
    const file = await new Promise((done, failed) => entry.file(done, failed));
    return [{ name: path + entry.name, file }];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!some.length) break;
    for (const each of some) found.push(...(await within(each, `${path}${entry.name}/`)));
  }
  return found;
}

async function dropped(event, role) {
  event.preventDefault();
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry());
  const files = [...event.dataTransfer.files];
  const found = [];
  if (entries.some(Boolean)) for (const entry of entries.filter(Boolean)) found.push(...(await within(entry, "")));
  else found.push(...files.map((file) => ({ name: file.name, file })));
  if (found.length) keep(role, found);
}

for (const zone of document.querySelectorAll(".drop")) {
  const role = zone.dataset.role;
  zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("over"); });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => { zone.classList.remove("over"); dropped(event, role); });
  zone.addEventListener("keydown", (event) => {
    if (event.target === zone && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      zone.querySelector("input[multiple]").click();
    }
  });
}
for (const input of document.querySelectorAll("input[type=file]")) {
  input.addEventListener("change", () => {
    const files = [...input.files].map((file) => ({ name: file.webkitRelativePath || file.name, file }));
    keep(input.dataset.role, files);
  });
}
window.addEventListener("dragover", (event) => event.preventDefault());
window.addEventListener("drop", (event) => event.preventDefault());

function body() {
  const files = Object.entries(held).flatMap(([role, some]) => some.map((each) => ({ role, ...each })));
  const head = JSON.stringify({
    year: at("year").value,
    authority: at("authority").value,
    files: files.map((each) => ({ role: each.role, name: each.name, size: each.file.size })),
  });
  const bytes = new TextEncoder().encode(head);
  const length = new DataView(new ArrayBuffer(4));
  length.setUint32(0, bytes.length);
  return new Blob([length.buffer, bytes, ...files.map((each) => each.file)]);
}

let watching = 0;
async function watch() {
  try {
    const step = await (await fetch("step")).json();
    if (watching) say("step", step.step || "Checking");
  } catch { /* the answer to what was asked tells what is wrong */ }
  if (watching) watching = setTimeout(watch, 400);
}

function listed(id, lines) {
  at(id).replaceChildren(...lines.map((line) => {
    const item = document.createElement("li");
    item.textContent = line;
    return item;
  }));
}

function card(figure, title, about) {
  const item = document.createElement("li");
  for (const [tag, text, name] of [["span", figure, "figure"], ["b", title, ""], ["span", about, "about"]]) {
    const part = document.createElement(tag);
    part.textContent = text;
    if (name) part.className = name;
    item.append(part);
  }
  return item;
}

function shown(found) {
  say("result-title", `Return of ${found.year}`);
  at("loud").replaceChildren(...found.loud.map((line) => {
    const said = document.createElement("p");
    said.className = "stamp";
    said.textContent = line;
    return said;
  }));
  const cards = found.found.map((each) => card(each.figure, each.title, each.about));
  cards.push(card(String(found.passed), "rules passed", `${found.notes} note${found.notes === 1 ? "" : "s"} of reading, in the report`));
  at("cards").replaceChildren(...cards);
  listed("stopped", found.stopped);
  listed("read", found.read);
  at("open").href = `result/${found.number}/report.html`;
  for (const link of document.querySelectorAll("[data-download]")) link.href = `result/${found.number}/${link.dataset.download}`;
  at("result").hidden = false;
  at("result-title").focus();
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const files = Object.values(held).flat();
  wrong("");
  at("result").hidden = true;
  if (!held.return.length) { wrong("Drop this year's return first."); return; }
  if (size(files) > MOST) { wrong(`These are more than ${MOST / 1048576} MiB, which no return has.`); return; }
  at("check").disabled = true;
  say("step", "Handing over the files");
  watching = setTimeout(watch, 400);
  try {
    const answer = await fetch("check", { method: "POST", body: body() });
    const found = await answer.json();
    if (answer.ok) shown(found);
    else wrong(found.said);
  } catch {
    wrong("No answer came: the files changed since they were chosen, or the program has ended. Choose them again.");
  } finally {
    clearTimeout(watching);
    watching = 0;
    say("step", "");
    at("check").disabled = false;
  }
});

at("clear").addEventListener("click", () => {
  form.reset();
  for (const role of Object.keys(held)) keep(role, []);
  at("result").hidden = true;
});
at("end").addEventListener("click", async () => {
  try { await fetch("end", { method: "POST" }); } catch { /* it has ended already */ }
  form.hidden = true;
  at("result").hidden = true;
  at("ended").hidden = false;
});
