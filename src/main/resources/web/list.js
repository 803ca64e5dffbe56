// What is open, live: what the daemon keeps, and what else the router's list shows.

import { ask, look } from './api.js';
import { busy, el, field, lasting, liveTable, show, time, trouble } from './dom.js';
import { form } from './open.js';
import { t, word } from './text.js';

const STATE = { open: 'view.is-open', 'not open': 'view.is-not-open', closing: 'view.is-closing', 'not renewed': 'view.is-not-renewed' };
const CLOSED = { closed: 'view.is-closed', not_open: 'view.is-not-open', failed: 'view.is-failed' };

export function ports(context) {
  const kept = liveTable(t('view.kept-table'), [t('view.port'), t('view.goes-to'), t('view.by'), t('view.state'), t('view.ends-in'),
    t('view.checked'), t('view.last'), t('view.actions')]);
  const also = liveTable(t('view.also'), [t('view.port'), t('view.goes-to'), t('view.name'), t('view.whose'), t('view.ends-in'), t('view.actions')]);
  const noneKept = el('p');
  const noneElse = el('p');
  const wrong = el('div');
  const news = el('p', { class: 'hint', role: 'status' });
  const result = el('div', { class: 'result', role: 'status' });
  const filter = el('input', { type: 'search', autocomplete: 'off', 'aria-keyshortcuts': 'Alt+F', oninput: () => { draw(); drawOthers(); } });
  const finder = field(t('view.find'), filter);
  let state = { mappings: [] };
  let listed = null;
  let looks = 0;

  async function refresh() {
    const mine = ++looks;
    await look('list', (answer) => {
      listed = answer;
      draw();
      drawOthers();
    }, () => mine === looks && result.isConnected);
  }

  const failure = (answer) => answer.error ?? answer.mappings?.find((one) => one.error)?.error;

  async function close(port, button) {
    await busy(button, async () => {
      show(result, '', el('p', {}, t('view.closing-port', { port })));
      const answer = await ask('close', { ports: [port] }, (what) => told(result, what));
      const error = failure(answer);
      if (error) show(result, 'bad', trouble(error));
      else show(result, 'good', (answer.mappings ?? []).map((one) => el('p', {}, `${one.protocol.toUpperCase()} ${one.external_port}: `
        + `${word(CLOSED, one.status)}${one.remark ? ` – ${one.remark}` : ''}`)),
      (answer.notes ?? []).map((note) => el('p', {}, note.text ?? note)));
      refresh();
    });
  }

  async function extend(port, button) {
    await busy(button, async () => {
      const answer = await ask('extend', { ports: [port], for: '1d' }, (what) => told(result, what));
      const error = failure(answer);
      show(result, error ? 'bad' : 'good', error ? trouble(error) : el('p', {}, t('view.for-a-day-done', { port })));
      refresh();
    });
  }

  function buttons(label) {
    const [protocol, external] = label.split(' ');
    const port = `${external}/${protocol}`;
    const shut = el('button', { type: 'button', 'aria-label': t('view.close-port', { port: label }), onclick: () => close(port, shut) }, t('view.close'));
    const longer = el('button', { type: 'button', 'aria-label': t('view.for-a-day-port', { port: label }),
      onclick: () => extend(port, longer) }, t('view.for-a-day'));
    const why = el('button', { type: 'button', 'aria-label': t('view.why-not-port', { port: label }),
      onclick: () => context.go('doctor', { port }) }, t('view.why-not'));
    return el('div', { class: 'row' }, shut, longer, why);
  }

  const goesTo = (row) => (row.goes_to || '–') + (row.container ? `, ${t('view.container', { name: row.container })}` : '');
  const fits = (text) => text.toLowerCase().includes(filter.value.trim().toLowerCase());

  // Several rows may have the same port: over IPv4 and IPv6, or on two routers.
  function keyed(rows, label) {
    const seen = new Map();
    return rows.map((row) => {
      const number = (seen.get(label(row)) ?? 0) + 1;
      seen.set(label(row), number);
      return { row, key: `${label(row)} ${number}` };
    });
  }

  // A row is made anew only when something but the time has changed, so that hundreds cost little and the focus stays.
  function draw() {
    const rows = keyed(state.mappings, (row) => row.mapping)
      .filter(({ row }) => fits(`${row.mapping} ${row.goes_to} ${row.container ?? ''} ${row.last}`));
    kept.update(rows.map(({ row, key }) => {
      const { seconds_left, checked_at, ...rest } = row;
      return { key, print: JSON.stringify(rest), cells: () => [row.mapping.toUpperCase(), goesTo(row), row.method || '–',
        el('span', { class: row.state === 'open' ? 'good-text' : 'bad-text' }, word(STATE, row.state)),
        el('span', { class: 'ends' }), el('span', { class: 'checked' }), row.last, buttons(row.mapping)] };
    }));
    for (const { row, key } of rows) {
      const node = kept.row(key);
      put(node.querySelector('.ends'), row.state === 'open' ? lasting(row.seconds_left) : '–');
      put(node.querySelector('.checked'), row.checked_at ? time(row.checked_at) : '–');
    }
    kept.node.hidden = !rows.length;
    put(noneKept, rows.length ? '' : filter.value ? t('view.none-found') : t('view.none-kept'));
    finder.hidden = !state.mappings.length && !listed?.mappings?.length;
  }

  function put(node, text) {
    if (node.textContent !== text) node.textContent = text;
  }

  // Another program's entry is shown, also where it has taken a port that ajar wants.
  const isShown = (one) => one.mine && state.mappings.some((row) => row.mapping === `${one.protocol} ${one.external_port}`
    || (row.mapping.startsWith(`${one.protocol} `) && row.goes_to === `${one.internal_address}:${one.internal_port}`));

  function drawOthers() {
    const label = (one) => `${one.protocol} ${one.external_port}`;
    const rows = keyed((listed?.mappings ?? []).filter((one) => !isShown(one)), label)
      .filter(({ row }) => fits(`${label(row)} ${row.internal_address} ${row.description}`));
    also.update(rows.map(({ row: one, key }) => ({ key, print: JSON.stringify(one), cells: () => [label(one).toUpperCase(),
      `${one.internal_address ?? '?'}:${one.internal_port ?? '?'}`, one.description ?? '', one.mine ? 'ajar' : t('view.another-program'),
      lasting(one.lease_seconds), one.mine ? buttons(label(one)) : ''] })));
    also.node.hidden = !rows.length;
    wrong.replaceChildren(listed?.error ? trouble(listed.error) : '');
    put(noneElse, rows.length ? '' : listed?.stale ? t('view.not-answered')
      : listed?.complete === false ? t('view.shows-no-others') : t('view.nothing-else'));
  }

  let timer;
  function update(next) {
    const before = state.mappings.map((row) => row.mapping + row.state).join();
    const told = state.events?.at(-1)?.at;
    state = next;
    draw();
    const last = next.events?.at(-1);
    if (told !== undefined && last && last.at !== told) put(news, last.message);
    if (listed === null || before !== next.mappings.map((row) => row.mapping + row.state).join()) {
      clearTimeout(timer);
      timer = setTimeout(refresh, 300);
    }
  }

  draw();
  drawOthers();
  const made = form(context, () => refresh());
  return { update, first: made.first, finder: filter, nodes: [made.node, el('section', { 'aria-labelledby': 'list-title' },
    el('h2', { id: 'list-title' }, t('view.what-is-open')), finder, noneKept, kept.node, news, result,
    el('h3', {}, t('view.also')), wrong, noneElse, also.node)] };
}
