// Full-text search over the sections of the site: all words must occur, headings count most.
"use strict";
const MOST = 40;
const AROUND = 90;
const field = document.getElementById("words");
const list = document.getElementById("found");
const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
const sections = window.searchIndex.map(([page, heading, address, text]) => ({
  page, heading, address, text, title: plain(`${heading} ${page}`), body: plain(text),
}));

function times(text, word) {
  let count = 0;
  for (let at = text.indexOf(word); at >= 0 && count < 5; at = text.indexOf(word, at + 1)) count++;
  return count;
}

function score(section, words) {
  let sum = 0;
  for (const word of words) {
    const heading = times(section.title, word);
    const body = times(section.body, word);
    if (!heading && !body) return 0;
    const exact = section.title.split(/[^\p{L}\p{N}_]+/u).includes(word);
    sum += 10 * exact + 5 * Math.min(heading, 1) + body;
  }
  return sum;
}

function excerpt(section, word) {
  const told = document.createElement("p");
  const at = section.body.indexOf(word);
  // Without its accents a text may be shorter: then its beginning is shown, unmarked.
  if (at < 0 || section.body.length !== section.text.length) {
    told.textContent = section.text.slice(0, 2 * AROUND);
    return told;
  }
  const mark = document.createElement("mark");
  mark.textContent = section.text.slice(at, at + word.length);
  const first = Math.max(0, at - AROUND);
  const last = at + word.length + AROUND;
  told.append(
    (first ? "… " : "") + section.text.slice(first, at), mark,
    section.text.slice(at + word.length, last) + (last < section.text.length ? " …" : ""),
  );
  return told;
}

function search() {
  const words = plain(field.value).match(/[\p{L}\p{N}_.]+/gu) || [];
  const found = !words.length ? [] : sections
    .map((section) => [score(section, words), section])
    .filter(([points]) => points)
    .sort((one, other) => other[0] - one[0]);
  list.replaceChildren(...found.slice(0, MOST).map(([, section]) => {
    const row = document.createElement("li");
    const link = document.createElement("a");
    link.href = section.address;
    link.textContent = section.heading === section.page
      ? section.page : `${section.heading} (${section.page})`;
    row.append(link, excerpt(section, words[0]));
    return row;
  }));
  const more = found.length > MOST ? `; the first ${MOST} are shown` : "";
  document.getElementById("count").textContent = words.length
    ? `${found.length} place${found.length === 1 ? "" : "s"}${more}` : "";
}

field.value = new URLSearchParams(location.search).get("q") || "";
field.addEventListener("input", search);
field.form.addEventListener("submit", (event) => {
  event.preventDefault();
  search();
});
search();
