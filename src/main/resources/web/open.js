// The form of the router's own page, with names instead of numbers.

import { ask, devices } from './api.js';
import { busy, el, field, options, show, trouble } from './dom.js';
import { friends } from './friends.js';

const OWN = '';

export function form({ go, more }, onOpened) {
  const preset = el('select');
  const name = el('input', { maxlength: 60, autocomplete: 'off', spellcheck: 'false' });
  const protocol = el('select');
  const device = el('input', { list: 'devices', placeholder: 'this machine', autocomplete: 'off', spellcheck: 'false' });
  const known = el('datalist', { id: 'devices' });
  const external = el('input', { inputmode: 'numeric', placeholder: '25565', autocomplete: 'off' });
  const internal = el('input', { inputmode: 'numeric', placeholder: 'the same', autocomplete: 'off' });
  const any = el('input', { type: 'checkbox', id: 'any' });
  const stay = el('select');
  const from = el('input', { placeholder: 'everywhere', autocomplete: 'off', spellcheck: 'false' });
  const add = el('button', { class: 'main', type: 'submit' }, 'Add');
  const result = el('div', { class: 'result', role: 'status', 'aria-live': 'polite' });
  options(preset, [[OWN, 'user defined']]);
  options(protocol, [['tcp', 'TCP'], ['udp', 'UDP'], ['both', 'TCP and UDP']]);
  options(stay, [['', 'until I close it'], ['2h', '2 hours'], ['12h', '12 hours'], ['1d', '1 day'], ['7d', '7 days']]);
  const own = [field('Protocol', protocol), field('External port', external, 'What the internet connects to.'),
    field('Internal port', internal, 'What the program listens to.')];
  let catalog = [];

  ask('presets').then((found) => {
    catalog = found.presets ?? [];
    options(preset, [[OWN, 'user defined'],
      ...catalog.filter((one) => one.ports.length).map((one) => [one.id, one.name])]);
    if (more?.preset) preset.value = more.preset;
    chosen();
  });
  devices().then((all) => options(known,
    all.filter((one) => one.kind === 'neighbour').map((one) => [one.address, one.card ?? ''])));
  if (more?.device) device.value = more.device;

  function chosen() {
    const one = catalog.find((entry) => entry.id === preset.value);
    own.forEach((node) => { node.hidden = Boolean(one); });
    show(result, one?.warning ? 'warn' : '', one ? [
      el('p', {}, `Opens ${one.ports.map((use) => `${use.ports} (${use.purpose})`).join(', ')}`),
      one.warning ? el('p', {}, one.warning) : null, one.safer ? el('p', {}, one.safer) : null] : []);
  }
  preset.addEventListener('change', chosen);

  function wanted(yes) {
    const inside = internal.value.trim();
    const port = external.value.trim() + (inside ? `:${inside}` : '');
    return { ports: [preset.value || `${port}/${protocol.value}`], to: device.value.trim(), name: name.value.trim(),
      external_port: any.checked ? 'any' : '', for: stay.value, from: from.value.trim(), yes };
  }

  async function open(yes) {
    if (!preset.value && !external.value.trim()) {
      show(result, 'bad', el('p', {}, 'Which port? Type it, or choose what you want to open.'));
      external.focus();
      return;
    }
    show(result, '', el('p', {}, 'Asking the router …'));
    const answer = await ask('open', wanted(yes));
    outcome(answer, yes);
    onOpened();
  }

  function outcome(answer, yes) {
    const mappings = answer.mappings ?? [];
    const opened = mappings.filter((one) => ['open', 'already_open'].includes(one.status));
    const lines = mappings.map((one) => el('p', { class: one.error ? 'bad-text' : 'good-text' },
      `${one.protocol.toUpperCase()} ${one.external_port}: ${one.status.replaceAll('_', ' ')}`,
      one.error ? ` – ${one.error.message}` : ''));
    const first = answer.error ?? mappings.find((one) => one.error)?.error;
    const need = consent(first);
    show(result, opened.length ? (first ? 'warn' : 'good') : 'bad', lines,
      first ? trouble(first) : null, (answer.warnings ?? []).map((text) => el('p', { class: 'warn-text' }, text)),
      (answer.hints ?? []).map((text) => el('p', {}, text)),
      need && !yes.includes(need) ? el('div', { class: 'row' }, agree(need, yes)) : null,
      opened.length ? friends(answer) : first && !need ? why() : null);
  }

  // The same yes as on the command line.
  function agree(id, yes) {
    const button = el('button', { type: 'button', onclick: () => busy(button, () => open([...yes, id])) },
      `Yes, I am sure: open ${id} to the internet`);
    return button;
  }

  function why() {
    const port = preset.value || `${external.value.trim()}/${protocol.value === 'both' ? 'tcp' : protocol.value}`;
    return el('div', { class: 'row' }, el('button', { type: 'button', onclick: () => go('doctor', { port }) }, 'Why not?'));
  }

  const node = el('form', { novalidate: true, onsubmit: (event) => {
    event.preventDefault();
    busy(add, () => open([]));
  } }, el('div', { class: 'fields' }, field('What', preset, 'A game or server, or ports of your own.'), own,
    el('div', {}, field('Device', device, 'An address of your network. Empty: this machine.'), known),
    field('How long', stay), field('Name', name, 'In the router’s list.'),
    field('From whom', from, 'An address such as 203.0.113.7. Empty: everywhere.')),
  el('div', { class: 'row' }, add, el('label', { class: 'check', for: 'any' }, any, 'another port if this one is taken')),
  result);
  return el('section', { 'aria-labelledby': 'open-title' }, el('h2', { id: 'open-title' }, 'Forward a port'), node);
}

// What the command line would have to be told: --yes-expose ID.
function consent(error) {
  const said = [error?.message, ...(error?.advice ?? [])].join(' ');
  return error?.code === 'unsafe' ? /--yes-expose[ =]([\w-]+)/.exec(said)?.[1] : undefined;
}
