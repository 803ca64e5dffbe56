// Why a port cannot be reached: the verdict, each condition, and the steps on this very router.

import { ask } from './api.js';
import { busy, el, field, show, trouble } from './dom.js';
import { t, word } from './text.js';

const SURE = { certain: 'view.certain', likely: 'view.likely', cannot_tell: 'view.cannot-tell' };
const MARK = { good: 'view.good', bad: 'view.bad', unknown: 'view.unknown' };
const COLOUR = { good: 'good-text', bad: 'bad-text', unknown: 'warn-text' };

export function doctor({ more }) {
  const port = el('input', { placeholder: t('view.port-example'), autocomplete: 'off', spellcheck: 'false', value: more?.port ?? '' });
  const result = el('div', { class: 'result', role: 'status', 'aria-live': 'polite' });
  const run = el('button', { class: 'main', type: 'submit' }, t('view.find-out'));
  const words = () => (port.value.trim() ? [port.value.trim()] : []);
  const failed = (answer) => show(result, 'bad', trouble(answer.error ?? { message: t('view.no-answer') }));

  async function examine() {
    show(result, '', el('p', {}, t('view.examining')));
    const answer = await ask('doctor', { ports: words() });
    if (!answer.verdict) { failed(answer); return; }
    show(result, answer.exit_code === 0 ? 'good' : 'warn', verdict(answer.verdict),
      answer.others?.length ? el('details', {}, el('summary', {}, t('view.also-found')), answer.others.map(verdict)) : null);
  }

  function verdict(one) {
    return el('div', {}, el('h3', {}, one.title), el('p', {}, word(SURE, one.certainty)),
      one.next ? el('p', {}, t('view.next', { step: [one.next].flat().join(' ') })) : null, step([one.next].flat().join(' ')),
      one.because?.length ? el('ul', {}, one.because.map((text) => el('li', {}, text))) : null);
  }

  // The step that ajar can do by itself. Not one with options: without them it would open something else, perhaps to everyone.
  function step(next) {
    const what = /\bajar open ([\w:/,-]+)(?![\w:/,-]| +-)/.exec(next)?.[1];
    if (!what || what.startsWith('-')) return null;
    return button(t('view.open-port', { port: what }), async () => {
      const answer = await ask('open', { ports: [what] }, (what_) => told(result, what_));
      const error = answer.error ?? answer.mappings?.find((one) => one.error)?.error;
      show(result, error ? 'bad' : 'good', error ? trouble(error) : el('p', {}, t('view.port-is-open', { port: what })));
    });
  }

  async function check() {
    if (!words().length) { show(result, 'bad', el('p', {}, t('view.which-port'))); port.focus(); return; }
    show(result, '', el('p', {}, t('view.checking')));
    const answer = await ask('check', { ports: words() });
    if (!answer.checks) { failed(answer); return; }
    show(result, answer.exit_code === 0 ? 'good' : 'warn', el('ul', {}, answer.checks.map((one) => el('li', {},
      el('span', { class: COLOUR[one.result] }, word(MARK, one.result)), ` ${one.text}`,
      one.next ? el('p', { class: 'hint' }, [one.next].flat().join(' ')) : null))));
  }

  async function guide() {
    show(result, '', el('p', {}, t('view.which-router')));
    const answer = await ask('guide', { ports: words().length ? words() : ['25565'] });
    if (!answer.steps) { failed(answer); return; }
    show(result, '', el('h3', {}, answer.name ?? answer.router), answer.known_by ? el('p', { class: 'hint' }, answer.known_by) : null,
      answer.path?.length ? el('p', {}, answer.path.join(' › ')) : null,
      el('ol', {}, answer.steps.map((one) => el('li', {}, one.text, one.fields?.length
        ? el('ul', {}, one.fields.map((input) => el('li', {}, `${input.label}: `, el('code', {}, input.value)))) : null))));
  }

  const button = (text, work) => {
    const node = el('button', { type: 'button', onclick: () => busy(node, work) }, text);
    return node;
  };
  if (more?.port) busy(run, examine);
  return { first: port, nodes: [el('section', { 'aria-labelledby': 'why-title' }, el('h2', { id: 'why-title' }, t('view.why-not')),
    el('form', { onsubmit: (event) => { event.preventDefault(); busy(run, examine); } },
      field(t('view.port'), port, t('view.doctor-hint')),
      el('div', { class: 'row' }, run, button(t('view.each-condition'), check), button(t('view.router-steps'), guide))), result)] };
}
