// The relays of this machine: where they lead, how many are connected, their rates, who was turned away, and a button to stop each.

import { ask } from './api.js';
import { busy, el, field, liveTable, show, size, svg, trouble as wrong } from './dom.js';
import { t, tag } from './text.js';

const HOUR = 3600_000;
const rates = new Map();

// Keeps the rates of the last hour, also while another view is shown.
export function record(state) {
  const now = Date.now();
  for (const rule of state.relays.flatMap((one) => one.rules)) {
    const kept = rates.get(rule.rule) ?? { points: [] };
    const bytes = rule.bytes_in + rule.bytes_out;
    if (kept.at && now - kept.at >= 1000) {
      kept.points.push({ at: now, rate: Math.max(0, bytes - kept.bytes) / ((now - kept.at) / 1000) });
    }
    if (!kept.at || now - kept.at >= 1000) { kept.at = now; kept.bytes = bytes; }
    kept.points = kept.points.filter((point) => now - point.at < HOUR);
    rates.set(rule.rule, kept);
  }
}

export function relay() {
  const none = el('p', {}, t('view.no-relay'));
  const heads = [t('view.rule'), t('view.goes-to'), t('view.state'), t('view.connected'), t('view.most'), t('view.total'), t('view.bytes-in'),
    t('view.bytes-out'), t('view.turned-away'), t('view.actions')];
  const rules = liveTable(t('view.rules'), heads);
  const charts = el('div');
  const result = el('div', { class: 'result', role: 'status' });
  const filter = el('input', { type: 'search', autocomplete: 'off', 'aria-keyshortcuts': 'Alt+F', oninput: () => draw() });
  const finder = field(t('view.find'), filter);
  let all = [];

  async function stop(rule, button) {
    await busy(button, async () => {
      show(result, '', el('p', {}, t('view.stopping', { rule: rule.rule })));
      const answer = await ask('stop_relay', { ports: [port(rule)] });
      const texts = [...answer.stopped ?? [], ...answer.notes ?? []].map((one) => el('p', {}, one.message ?? one.text));
      show(result, answer.exit_code ? 'bad' : 'good', answer.error ? wrong(answer.error) : texts);
    });
  }

  function button(rule) {
    if (rule.trouble?.code === 'stopped') return '';
    const made = el('button', { type: 'button', 'aria-label': t('view.stop-rule', { rule: rule.rule }), onclick: () => stop(rule, made) },
      t('view.stop'));
    return made;
  }

  function draw() {
    const fits = (rule) => `${rule.rule} ${rule.goes_to}`.includes(filter.value.trim().toLowerCase());
    const shown = all.filter(fits);
    rules.update(shown.map((rule) => ({ key: rule.rule, print: JSON.stringify(rule), cells: () => [...cells(rule), button(rule)] })));
    rules.node.hidden = !shown.length;
    finder.hidden = !all.length;
    none.hidden = all.length > 0;
    charts.replaceChildren(...shown.map(chart));
  }

  function update(state) {
    all = state.relays.flatMap((one) => one.rules);
    draw();
  }
  return { update, first: filter, finder: filter, nodes: [el('section', { 'aria-labelledby': 'relay-title' },
    el('h2', { id: 'relay-title' }, t('view.relay')), none, finder, rules.node, result, charts,
    el('p', { class: 'hint' }, t('view.relay-hint'), ' ', el('code', {}, 'ajar relay 8554:192.168.1.20:554')))] };
}

const port = (rule) => rule.rule.split(' ').reverse().join('/');

function cells(rule) {
  const refused = Object.entries(rule.refused).map(([why, count]) => el('li', {},
    `${count.toLocaleString(tag())} ${t(`relaying.refusal.${why.replaceAll('_', '-')}`)}`));
  const trouble = rule.trouble?.code === 'stopped' ? t('relaying.stopped') : rule.trouble?.message;
  return [rule.rule.toUpperCase(), rule.goes_to, trouble ? el('span', { class: 'bad-text' }, trouble)
    : el('span', { class: 'good-text' }, t('view.listens')), connected(rule), String(rule.peak), String(rule.total),
  size(rule.bytes_in), size(rule.bytes_out), refused.length ? el('ul', { class: 'plain' }, refused) : '–'];
}

function connected(rule) {
  const who = (rule.clients ?? []).map((one) => el('li', {}, one.connections > 1 ? `${one.source} (${one.connections})` : one.source));
  return el('div', {}, String(rule.connections), who.length ? el('ul', { class: 'plain' }, who) : null);
}

function chart(rule) {
  const points = rates.get(rule.rule)?.points ?? [];
  const most = Math.max(1, ...points.map((point) => point.rate));
  const start = points[0]?.at ?? 0;
  const span = Math.max(1, (points.at(-1)?.at ?? 0) - start);
  const text = t('view.rates', { rule: rule.rule.toUpperCase(), now: size(Math.round(points.at(-1)?.rate ?? 0)),
    most: size(Math.round(points.length ? most : 0)), minutes: Math.max(1, Math.round(span / 60_000)) });
  const path = points.map((point, i) => `${i ? 'L' : 'M'}${((point.at - start) * 100) / span},${30 - (28 * point.rate) / most}`).join('');
  return el('figure', {}, svg('svg', { class: 'chart', viewBox: '0 0 100 30', preserveAspectRatio: 'none', role: 'img', 'aria-label': text },
    svg('path', { d: path || 'M0,30' })), el('figcaption', {}, text));
}
