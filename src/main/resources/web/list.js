// What is open, live: what the daemon keeps, and what else the router's list shows.

import { ask, look } from './api.js';
import { busy, el, field, lasting, show, table, time, trouble } from './dom.js';
import { form } from './open.js';

const FEW = 12;

export function ports(context) {
  const kept = el('div', { 'aria-live': 'polite' });
  const others = el('div');
  const result = el('div', { class: 'result', role: 'status' });
  const filter = el('input', { type: 'search', autocomplete: 'off', oninput: () => draw() });
  const finder = field('Find', filter);
  let state = { mappings: [] };
  let listed = null;
  let print = '';

  async function refresh() {
    await look('list', (answer) => {
      listed = answer;
      drawOthers();
    });
  }

  async function close(port, button) {
    await busy(button, async () => {
      show(result, '', el('p', {}, `Closing ${port} …`));
      const answer = await ask('close', { ports: [port] });
      const error = answer.error ?? answer.mappings?.find((one) => one.error)?.error;
      if (error) show(result, 'bad', trouble(error));
      else show(result, 'good', (answer.mappings ?? []).map((one) => el('p', {}, `${one.protocol.toUpperCase()} ${one.external_port}: `
        + `${one.status.replaceAll('_', ' ')}${one.remark ? ` – ${one.remark}` : ''}`)),
      (answer.notes ?? []).map((note) => el('p', {}, note.text ?? note)));
      await refresh();
    });
  }

  async function extend(port, button) {
    await busy(button, async () => {
      const answer = await ask('extend', { ports: [port], for: '1d' });
      const error = answer.error ?? answer.mappings?.find((one) => one.error)?.error;
      show(result, error ? 'bad' : 'good', error ? trouble(error) : el('p', {},
        `${port} stays open for a day from now; then it closes, unless something else keeps it open.`));
      await refresh();
    });
  }

  function buttons(label) {
    const [protocol, external] = label.split(' ');
    const port = `${external}/${protocol}`;
    const shut = el('button', { type: 'button', 'aria-label': `Close ${label}`, onclick: () => close(port, shut) }, 'Close');
    const longer = el('button', { type: 'button', 'aria-label': `Keep ${label} open for a day from now`,
      onclick: () => extend(port, longer) }, 'For a day');
    const why = el('button', { type: 'button', 'aria-label': `Why is ${label} not reachable?`,
      onclick: () => context.go('doctor', { port }) }, 'Why not?');
    return el('div', { class: 'row' }, shut, longer, why);
  }

  const goesTo = (row) => (row.goes_to || '–') + (row.container ? `, container ${row.container}` : '');
  const fits = (text) => text.toLowerCase().includes(filter.value.trim().toLowerCase());

  // A row is made anew only when something but the time has changed, so that the focus stays where it is.
  function draw() {
    const rows = state.mappings.filter((row) => fits(`${row.mapping} ${row.goes_to} ${row.container ?? ''} ${row.last}`));
    const now = JSON.stringify([filter.value, rows.map(({ seconds_left, checked_at, ...rest }) => rest)]);
    if (now !== print) {
      print = now;
      kept.replaceChildren(rows.length ? table('Kept open by ajar', ['Port', 'Goes to', 'By', 'State', 'Ends in', 'Checked', 'Last', 'Actions'],
        rows.map((row, i) => [row.mapping.toUpperCase(), goesTo(row), row.method || '–',
          el('span', { class: row.state === 'open' ? 'good-text' : 'bad-text' }, row.state),
          el('span', { 'data-ends': i }), el('span', { 'data-checked': i }), row.last, buttons(row.mapping)]))
        : el('p', {}, filter.value ? 'Nothing like that is kept open.' : 'Nothing is kept open. Add a port above.'));
    }
    // Several rows may have the same port: over IPv4 and IPv6, or on two routers.
    rows.forEach((row, i) => {
      put('ends', i, row.state === 'open' ? lasting(row.seconds_left) : '–');
      put('checked', i, row.checked_at ? time(row.checked_at) : '–');
    });
    finder.hidden = state.mappings.length + (listed?.mappings?.length ?? 0) <= FEW;
  }

  function put(what, row, text) {
    const node = kept.querySelector(`[data-${what}="${row}"]`);
    if (node && node.textContent !== text) node.textContent = text;
  }

  // Another program's entry is shown, also where it has taken a port that ajar wants.
  const isShown = (one) => one.mine && state.mappings.some((row) => row.mapping === `${one.protocol} ${one.external_port}`
    || (row.mapping.startsWith(`${one.protocol} `) && row.goes_to === `${one.internal_address}:${one.internal_port}`));

  function drawOthers() {
    const rows = (listed?.mappings ?? []).filter((one) => !isShown(one))
      .filter((one) => fits(`${one.protocol} ${one.external_port} ${one.internal_address} ${one.description}`));
    others.replaceChildren(el('h3', {}, 'Also in the router’s list'),
      listed?.error ? trouble(listed.error) : '',
      rows.length ? table('Also in the router’s list', ['Port', 'Goes to', 'Name', 'Whose', 'Ends in', 'Actions'],
        rows.map((one) => [`${one.protocol} ${one.external_port}`.toUpperCase(), `${one.internal_address ?? '?'}:${one.internal_port ?? '?'}`,
          one.description ?? '', one.mine ? 'ajar' : 'another program', lasting(one.lease_seconds),
          one.mine ? buttons(`${one.protocol} ${one.external_port}`) : '']))
        : el('p', {}, listed?.stale ? 'The router has not answered yet.'
          : listed?.complete === false ? 'This router does not show what other programs opened.' : 'Nothing else.'));
    draw();
  }

  let timer;
  function update(next) {
    const before = state.mappings.map((row) => row.mapping + row.state).join();
    state = next;
    draw();
    if (listed === null || before !== next.mappings.map((row) => row.mapping + row.state).join()) {
      clearTimeout(timer);
      timer = setTimeout(refresh, 300);
    }
  }

  return { update, nodes: [form(context, () => refresh()),
    el('section', { 'aria-labelledby': 'list-title' }, el('h2', { id: 'list-title' }, 'What is open'), finder, kept, result, others)] };
}
