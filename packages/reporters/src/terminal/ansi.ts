/** What a piece of text is for; colours follow from it and nothing depends on them. */
export type Style = 'plain' | 'leak' | 'suspicion' | 'good' | 'doubt' | 'label' | 'faint' | 'strong' | 'suspect' | 'leaking';

const CODE_BY_STYLE: Readonly<Record<Style, string>> = {
  plain: '',
  leak: '1;31',
  suspicion: '1;33',
  good: '1;32',
  doubt: '1;33',
  label: '36',
  faint: '2',
  strong: '1',
  suspect: '1;31',
  leaking: '31',
};

/** Puts colour on text that is laid out already: the codes have no width. */
export type Paint = (text: string, style: Style) => string;

export const paintNothing: Paint = (text) => text;

export const paintAnsi: Paint = (text, style) => {
  const code = CODE_BY_STYLE[style];
  return code === '' || text === '' ? text : `\u001b[${code}m${text}\u001b[0m`;
};
