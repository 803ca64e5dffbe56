// Makes elements. Text is always text: no string from a router, a device or the daemon is ever read as markup.

import { t, tag } from './text.js';

export function el(tag_, properties = {}, ...children) {
  return fill(document.createElement(tag_), properties, children);
}

export function svg(tag_, properties = {}, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag_), properties, children);
}

function fill(node, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ''));
  return node;
}

let fields = 0;

// A labelled field; the hint is read with it.
export function field(label, input, hint) {
  const id = `field-${++fields}`;
  input.id = id;
  if (hint) input.setAttribute('aria-describedby', `${id}-hint`);
  return el('div', {}, el('label', { for: id }, label), input, hint ? el('p', { class: 'hint', id: `${id}-hint` }, hint) : null);
}

export function options(select, pairs) {
  select.replaceChildren(...pairs.map(([value, text]) => el('option', { value }, text)));
}

const line = (heads, cells) => el('tr', {}, cells.map((cell, i) => el('td', heads[i] ? { 'data-label': heads[i] } : {}, cell)));

// A table that becomes a list on a phone. Later items change only the rows that differ: {key, print, cells}.
export function liveTable(caption, heads) {
  const body = el('tbody');
  const rows = new Map();
  const node = el('div', { class: 'scroll' }, el('table', { class: 'stack', 'aria-label': caption },
    el('thead', {}, el('tr', {}, heads.map((head) => el('th', { scope: 'col' }, head)))), body));

  function rowOf({ key, print, cells }) {
    const row = rows.get(key);
    if (row?.print === print) return row.node;
    const fresh = line(heads, cells());
    rows.set(key, { print, node: fresh });
    if (row) {
      const focus = row.node.contains(document.activeElement) ? document.activeElement.getAttribute('aria-label') : null;
      row.node.replaceWith(fresh);
      [...fresh.querySelectorAll('button')].find((one) => focus && one.getAttribute('aria-label') === focus)?.focus();
    }
    return fresh;
  }

  function update(items) {
    const wanted = new Set(items.map((item) => item.key));
    for (const [key, row] of rows) if (!wanted.has(key)) { row.node.remove(); rows.delete(key); }
    let next = body.firstChild;
    for (const item of items) {
      const old = rows.get(item.key)?.node;
      const row = rowOf(item);
      if (old === next) next = row;
      if (row === next) next = row.nextSibling; else body.insertBefore(row, next);
    }
  }
  return { node, update, row: (key) => rows.get(key)?.node };
}

export function table(caption, heads, rows) {
  const made = liveTable(caption, heads);
  made.update(rows.map((cells, key) => ({ key, print: '', cells: () => cells })));
  return made.node;
}

// What went wrong, with the next steps.
export function trouble(error) {
  return el('div', {}, el('p', {}, error.message), error.advice?.length
    ? el('div', {}, el('p', {}, t('view.what-to-do')), el('ul', {}, error.advice.map((step) => el('li', {}, step)))) : null);
}

export function show(box, kind, ...children) {
  box.className = `result ${kind}`;
  box.replaceChildren(...children.flat().filter(Boolean));
}

// What the user has to do before the command can end.
export function told(box, what) {
  show(box, 'warn', el('p', {}, what));
}

export function time(text) {
  const at = new Date(text);
  const today = at.toDateString() === new Date().toDateString();
  return at.toLocaleString(tag(), today ? { hour: '2-digit', minute: '2-digit' }
    : { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
}

const unit = (count, name, unitDisplay = 'short') => new Intl.NumberFormat(tag(), { style: 'unit', unit: name, unitDisplay }).format(count);

export function lasting(seconds) {
  if (seconds === null || seconds === undefined) return t('view.no-end');
  if (seconds < 90) return unit(seconds, 'second');
  if (seconds < 5400) return unit(Math.round(seconds / 60), 'minute');
  return seconds < 172800 ? unit(Math.round(seconds / 3600), 'hour') : unit(Math.round(seconds / 86400), 'day', 'long');
}

export function size(bytes) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let power = 0;
  for (; bytes >= 1000 && power < units.length - 1; power++) bytes /= 1000;
  return `${bytes.toLocaleString(tag(), { maximumFractionDigits: power ? 1 : 0 })} ${units[power]}`;
}

// Does the work of a button once at a time.
export async function busy(button, work) {
  if (button.getAttribute('aria-disabled') === 'true') return;
  button.setAttribute('aria-disabled', 'true');
  try { await work(); } finally { button.removeAttribute('aria-disabled'); }
}
