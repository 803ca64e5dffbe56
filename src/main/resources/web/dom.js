// Makes elements. Text is always text: no string from a router, a device or the daemon is ever read as markup.

export function el(tag, properties = {}, ...children) {
  return fill(document.createElement(tag), properties, children);
}

export function svg(tag, properties = {}, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), properties, children);
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

// A table that becomes a list on a phone.
export function table(caption, heads, rows) {
  return el('div', { class: 'scroll' }, el('table', { class: 'stack', 'aria-label': caption },
    el('thead', {}, el('tr', {}, heads.map((head) => el('th', { scope: 'col' }, head)))),
    el('tbody', {}, rows.map((cells) => el('tr', {},
      cells.map((cell, i) => el('td', heads[i] ? { 'data-label': heads[i] } : {}, cell)))))));
}

// What went wrong, with the next steps.
export function trouble(error) {
  return el('div', {}, el('p', {}, error.message), error.advice?.length
    ? el('div', {}, el('p', {}, 'What to do:'), el('ul', {}, error.advice.map((line) => el('li', {}, line)))) : null);
}

export function show(box, kind, ...children) {
  box.className = `result ${kind}`;
  box.replaceChildren(...children.flat().filter(Boolean));
}

export function time(text) {
  const at = new Date(text);
  const today = at.toDateString() === new Date().toDateString();
  return at.toLocaleString([], today ? { hour: '2-digit', minute: '2-digit' }
    : { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
}

export function lasting(seconds) {
  if (seconds === null || seconds === undefined) return 'no end';
  if (seconds < 90) return `${seconds} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return seconds < 172800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86400)} days`;
}

// Does the work of a button once at a time.
export async function busy(button, work) {
  if (button.getAttribute('aria-disabled') === 'true') return;
  button.setAttribute('aria-disabled', 'true');
  try { await work(); } finally { button.removeAttribute('aria-disabled'); }
}
