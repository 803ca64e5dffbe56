// The form of the router's own page, with names instead of numbers.

import { ask, network } from './api.js';
import { busy, el, field, options, show, told, trouble } from './dom.js';
import { friends } from './friends.js';
import { deviceName } from './devices.js';
import { t, word } from './text.js';

const OWN = '';
const STATUS = { open: 'view.is-open', already_open: 'view.is-already-open', nothing_to_open: 'view.is-nothing-to-open',
  failed: 'view.is-failed', unknown: 'view.is-unknown' };

// What the router's own page calls the fields: asked once, because the router is.
let called = null;

export function form({ go, more }, onOpened) {
  const preset = el('select', { onkeydown: (event) => {
    if (event.key === 'Enter') { event.preventDefault(); node.requestSubmit(); }
  } });
  const name = el('input', { maxlength: 60, autocomplete: 'off', spellcheck: 'false' });
  const protocol = el('select');
  const device = el('input', { list: 'devices', placeholder: t('view.this-machine'), autocomplete: 'off', spellcheck: 'false' });
  const known = el('datalist', { id: 'devices' });
  const external = el('input', { inputmode: 'numeric', placeholder: '25565', autocomplete: 'off' });
  const internal = el('input', { inputmode: 'numeric', placeholder: t('view.the-same'), autocomplete: 'off' });
  const any = el('input', { type: 'checkbox', id: 'any' });
  const stay = el('select');
  const from = el('input', { placeholder: t('view.everywhere'), autocomplete: 'off', spellcheck: 'false' });
  const add = el('button', { class: 'main', type: 'submit' }, t('view.add'));
  const result = el('div', { class: 'result', role: 'status', 'aria-live': 'polite' });
  options(preset, [[OWN, t('view.user-defined')]]);
  options(protocol, [['tcp', 'TCP'], ['udp', 'UDP'], ['both', t('view.tcp-and-udp')]]);
  options(stay, [['', t('view.until-closed')], ['2h', t('view.hours', { count: 2 })], ['12h', t('view.hours', { count: 12 })],
    ['1d', t('view.days', { count: 1 })], ['7d', t('view.days', { count: 7 })]]);
  const labelled = { protocol: field(t('view.protocol'), protocol, ' '),
    external: field(t('view.external-port'), external, t('view.external-hint')),
    internal: field(t('view.internal-port'), internal, t('view.internal-hint')),
    address: el('div', {}, field(t('view.device'), device, t('view.device-hint')), known),
    name: field(t('view.name'), name, t('view.name-hint')) };
  const own = [labelled.protocol, labelled.external, labelled.internal];
  let catalog = [];

  ask('presets').then((found) => {
    catalog = found.presets ?? [];
    const chosenBefore = preset.value;
    options(preset, [[OWN, t('view.user-defined')],
      ...catalog.filter((one) => one.ports.length).map((one) => [one.id, one.name])]);
    preset.value = more?.preset ?? chosenBefore;
    chosen();
  });
  network().then((found) => options(known,
    found.devices.filter((one) => one.kind === 'neighbour').map((one) => [one.address, deviceName(one)])));
  if (more?.device) device.value = more.device;
  called ??= ask('guide', { ports: ['25565'] });
  called.then((guide) => {
    if (guide.router === 'generic') return;
    for (const [part, label] of Object.entries(guide.words ?? {})) {
      labelled[part]?.querySelector('.hint').append(` ${t('view.router-calls-it', { router: guide.name, label })}`);
    }
  });

  function chosen() {
    const one = catalog.find((entry) => entry.id === preset.value);
    own.forEach((part) => { part.hidden = Boolean(one); });
    device.placeholder = one?.device ? '' : t('view.this-machine');
    show(result, one?.warning ? 'warn' : '', one ? [
      el('p', {}, t('view.opens', { ports: one.ports.map((use) => `${use.ports} (${use.purpose})`).join(', ') })),
      one.device ? el('p', {}, t('view.of-device')) : null, one.warning ? el('p', {}, one.warning) : null, one.safer ? el('p', {}, one.safer) : null] : []);
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
      show(result, 'bad', el('p', {}, t('view.which-port')));
      external.focus();
      return;
    }
    show(result, '', el('p', {}, t('view.asking')));
    const answer = await ask('open', wanted(yes), (what) => told(result, what));
    outcome(answer, yes);
    if (answer.error?.code === 'usage' && catalog.find((entry) => entry.id === preset.value)?.device) device.focus();
    onOpened();
  }

  function outcome(answer, yes) {
    const mappings = answer.mappings ?? [];
    const opened = mappings.filter((one) => ['open', 'already_open'].includes(one.status));
    const lines = mappings.map((one) => el('p', { class: one.error ? 'bad-text' : 'good-text' },
      `${one.protocol.toUpperCase()} ${one.external_port}: ${word(STATUS, one.status)}`,
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
    const button = el('button', { type: 'button', onclick: () => busy(button, () => open([...yes, id])) }, t('view.sure', { id }));
    return button;
  }

  function why() {
    const port = preset.value || `${external.value.trim()}/${protocol.value === 'both' ? 'tcp' : protocol.value}`;
    return el('div', { class: 'row' }, el('button', { type: 'button', onclick: () => go('doctor', { port }) }, t('view.why-not')));
  }

  const node = el('form', { novalidate: true, onsubmit: (event) => {
    event.preventDefault();
    busy(add, () => open([]));
  } }, el('div', { class: 'fields' }, field(t('view.what'), preset, t('view.what-hint')), own, labelled.address,
    field(t('view.how-long'), stay), labelled.name, field(t('view.from'), from, t('view.from-hint'))),
  el('div', { class: 'row' }, add, el('label', { class: 'check', for: 'any' }, any, t('view.any-port'))),
  result);
  return { first: preset,
    node: el('section', { 'aria-labelledby': 'open-title' }, el('h2', { id: 'open-title' }, t('view.forward')), node) };
}

// What the command line would have to be told: --yes-expose ID.
function consent(error) {
  const said = [error?.message, ...(error?.advice ?? [])].join(' ');
  return error?.code === 'unsafe' ? /--yes-expose[ =]([\w-]+)/.exec(said)?.[1] : undefined;
}
