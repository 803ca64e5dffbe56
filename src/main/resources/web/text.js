// The sentences of the page, from ajar's own message files in the language of its user.

let texts = {};
let plural = new Intl.PluralRules('en');
let wished = '';

export let language = 'en';
export let languages = [];

// Reads the sentences; without a wish in the language that the browser asks for.
export async function speak(wish) {
  wished = wish ?? wished;
  const answer = await fetch('/texts.json', { cache: 'no-store', credentials: 'omit', redirect: 'error', headers: asked() });
  const told = await answer.json();
  ({ texts, language, languages } = told);
  plural = new Intl.PluralRules(tag());
  document.documentElement.lang = tag();
}

export const asked = () => (wished ? { 'Ajar-Language': wished } : {});

export const tag = () => language.replace('_', '-');

// The sentence of a key with its values; the value called count chooses the plural form.
export function t(key, values = {}) {
  const form = 'count' in values ? texts[`${key}.${plural.select(values.count)}`] ?? texts[`${key}.other`] : undefined;
  return (form ?? texts[key] ?? key).replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}

// A word of a document in the language; as it is where the page does not know it.
export const word = (keys, name) => (keys[name] ? t(keys[name]) : String(name ?? '').replaceAll('_', ' '));
