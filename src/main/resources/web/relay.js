// The relays of this machine, with their rates while this view is shown.

import { el, svg, table } from './dom.js';

const KEPT = 720;
const seen = new Map();

export function relay() {
  const box = el('div', {}, el('p', {}, 'No relay runs.'));
  return { nodes: [el('section', { 'aria-labelledby': 'relay-title' }, el('h2', { id: 'relay-title' }, 'Relay'), box,
    el('p', { class: 'hint' }, 'A relay is written into ajar.toml, or started with: ajar relay 8554:192.168.1.20:554'))],
  update: (state) => draw(box, state) };
}

function draw(box, state) {
  const rules = state.relays.flatMap((one) => one.rules);
  if (!rules.length) {
    box.replaceChildren(el('p', {}, 'No relay runs.'));
    return;
  }
  box.replaceChildren(table('Rules', ['Rule', 'Goes to', 'State', 'Now', 'Most', 'Total', 'In', 'Out', 'Turned away'],
    rules.map((rule) => [rule.rule.toUpperCase(), rule.goes_to, rule.trouble ? el('span', { class: 'bad-text' }, rule.trouble.message)
      : el('span', { class: 'good-text' }, 'listens'), rule.connections, rule.peak, rule.total, size(rule.bytes_in), size(rule.bytes_out),
    Object.entries(rule.refused).map(([why, count]) => `${count} ${why.replaceAll('_', ' ')}`).join(', ') || '–'].map(String_))),
  ...rules.map(chart));
}

const String_ = (cell) => (cell instanceof Node ? cell : String(cell));

function size(bytes) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let power = 0;
  for (; bytes >= 1000 && power < units.length - 1; power++) bytes /= 1000;
  return `${power ? bytes.toFixed(1) : bytes} ${units[power]}`;
}

function chart(rule) {
  const points = seen.get(rule.rule) ?? [];
  points.push({ at: Date.now(), bytes: rule.bytes_in + rule.bytes_out });
  seen.set(rule.rule, points.slice(-KEPT));
  const rates = points.slice(1).map((point, i) => Math.max(0, point.bytes - points[i].bytes) / Math.max(0.001, (point.at - points[i].at) / 1000));
  const most = Math.max(1, ...rates);
  const text = `${rule.rule.toUpperCase()}: ${size(Math.round(rates.at(-1) ?? 0))}/s now, at most ${size(Math.round(rates.length ? most : 0))}/s`;
  const path = rates.map((rate, i) => `${i ? 'L' : 'M'}${(i * 100) / Math.max(1, rates.length - 1)},${30 - (28 * rate) / most}`).join('');
  return el('figure', {}, svg('svg', { class: 'chart', viewBox: '0 0 100 30', preserveAspectRatio: 'none', role: 'img', 'aria-label': text },
    svg('path', { d: path || 'M0,30' })), el('figcaption', {}, text));
}
