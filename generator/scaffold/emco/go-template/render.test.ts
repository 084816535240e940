import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderTemplate } from './render.ts';

const VALUES = {
  Name: 'edge',
  Count: 3,
  On: true,
  Off: false,
  Empty: [],
  Nested: { Deep: { Name: 'low' } },
  List: [
    { Name: 'a', Of: ['x', 'y'] },
    { Name: 'b', Of: [] },
  ],
  Map: { b: 2, a: 1 },
};

describe('renderTemplate() does as emcoctl:', () => {
  test.each([
    ['plain text', 'a: 1\n', 'a: 1\n'],
    ['fields', 'a: {{ .Name }}-{{.Count}}-{{ .Nested.Deep.Name }}', 'a: edge-3-low'],
    ['the top from within', '{{ range .List }}{{ $.Name }}{{ .Name }} {{ end }}', 'edgea edgeb '],
    ['index and element', '{{ range $i, $x := .List }}{{ $i }}{{ $x.Name }}{{ end }}', '0a1b'],
    ['one name for the element', '{{ range $x := .List }}{{ $x.Name }}{{ end }}', 'ab'],
    ['lists in lists', '{{ range $i, $x := .List }}{{ range $j, $y := $x.Of }}{{ $i }}{{ $j }}{{ $y }},{{ end }}{{ end }}', '00x,01y,'],
    ['mappings by key', '{{ range $k, $v := .Map }}{{ $k }}{{ $v }}{{ end }}', 'a1b2'],
    ['else of range', '{{ range .Empty }}x{{ else }}none{{ end }}', 'none'],
    ['if and else', '{{ if .On }}1{{ else }}2{{ end }}{{ if .Off }}1{{ else }}2{{ end }}', '12'],
    ['else if', '{{ if .Off }}1{{ else if .On }}2{{ else }}3{{ end }}', '2'],
    ['what is not there is false', '{{ if .Gone }}1{{ end }}{{ if not .Gone.Deeper }}2{{ end }}', '2'],
    ['with', '{{ with .Nested }}{{ .Deep.Name }}{{ end }}', 'low'],
    ['variables', '{{ $a := .Name }}{{ $a = printf "%s-%d" $a 7 }}{{ $a }}', 'edge-7'],
    ['a variable of a block ends with it', '{{ $a := 1 }}{{ if .On }}{{ $a := 2 }}{{ end }}{{ $a }}', '1'],
    [
      'functions and pipes',
      '{{ if and .On (eq .Name "edge") }}{{ .Name | printf "%s%s" "the " }}{{ end }}{{ len .List }}{{ index .Map "b" }}',
      'the edge22',
    ],
    ['white space', 'a\n{{- if .On }}\nb\n{{- end }}\nc  {{- " " -}}  d', 'a\nb\nc d'],
    ['comments', 'a{{/* {{ .Gone }} */}}b{{- /* x */ -}} c', 'abc'],
    ['strings with braces', '{{ "}}" }}{{ `{{` }}', '}}{{'],
  ])('%s', (_what, template, text) => {
    expect(renderTemplate(template, VALUES)).toMatchObject({ text, problems: [] });
  });
});

test.each([
  ['\n{{ .Nmae }}', 2, 'the values have no ".Nmae", but "Name"'],
  ['{{ range .List }}\n{{ $.Nested.Deeep }}{{ end }}', 2, 'the values have no "$.Nested.Deeep", but "Deep"'],
  ['{{ .List }}', 1, 'it prints a list, a mapping or nothing'],
  ['{{ toYaml .Name }}', 1, '"toYaml" is not among the functions that are known here'],
  ['{{ if .On }}', 1, '"if" has no "end"'],
  ['a{{ end }}', 1, '"end" has nothing to end'],
  ['{{ .Name', 1, '"{{" has no "}}"'],
  ['{{ define "x" }}{{ end }}', 1, '"define" is not known here'],
  ['{{ $x }}', 1, 'there is no variable "$x"'],
  ['{{ .Name | }}', 1, 'it is not understood'],
  ['{{ range .Name }}{{ end }}', 1, '"range" needs a list or a mapping'],
  ['{{ ??? }}', 1, 'it is not understood from "???" on'],
])('renderTemplate() tells what is wrong with %j', (template, line, reason) => {
  const [problem] = renderTemplate(template, VALUES).problems;
  expect(problem).toEqual({ line, reason: expect.stringContaining(reason) as string });
});

test('renderTemplate() knows for each line where it comes from', () => {
  const template = 'a:\n{{- range .List }}\n- name: {{ .Name }}\n{{- end }}\n\n{{ if .On -}}\nb: 1\n{{ end }}c: 2\n';
  const { text, lines } = renderTemplate(template, VALUES);
  const placed = text.split('\n').map((line, index) => `${lines[index] ?? '?'} ${line}`);
  expect(placed.filter((line) => !/ $/.test(line))).toEqual(['1 a:', '3 - name: a', '3 - name: b', '7 b: 1', '8 c: 2']);
});

describe('renderTemplate() ends with', () => {
  const long = Array.from({ length: 1000 }, () => 'x');
  const nested = (depth: number): string => `${'{{ range $.L }}'.repeat(depth)}x${'{{ end }}'.repeat(depth)}`;
  test.each([
    ['loops in loops', nested(4), /it takes more than 1000000 steps|a text of more than 8 MiB/],
    [
      'a text that grows',
      `${'y'.repeat(9000)}{{ range .L }}{{ range $.L }}${'y'.repeat(9000)}{{ end }}{{ end }}`,
      /a text of more than 8 MiB/,
    ],
    ['blocks in blocks', nested(20_000), /blocks lie in one another more than 50 deep/],
    ['brackets in brackets', `{{ ${'('.repeat(100_000)} }}`, /more than 500 parts/],
    ['pipes without end', `{{ .L ${'| len '.repeat(100_000)} }}`, /more than 500 parts/],
  ])('%s', (_what, template, reason) => {
    expect(renderTemplate(template, { L: long }).problems.map((problem) => problem.reason)).toContainEqual(expect.stringMatching(reason));
  });
});

test('whatever stands in a template, renderTemplate() gives a text or says why not', () => {
  const part = fc.constantFrom(
    '{{',
    '}}',
    '-',
    ' ',
    '.',
    '$',
    '.A',
    '$x',
    ':=',
    '|',
    '(',
    ')',
    'if',
    'else',
    'end',
    'range',
    'with',
    '"',
    '`',
    '/*',
    '*/',
    '\n',
    'a',
    '1',
    ',',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
      const { text, lines, problems } = renderTemplate(parts.join(''), { A: [1, { A: 'b' }] });
      if (problems.length === 0) expect(lines).toHaveLength(text.split('\n').length);
      for (const { line } of problems) expect(line).toBeGreaterThan(0);
    }),
    { numRuns: 2000 },
  );
});
