import { RE2JS } from 're2js';

/**
 * JSON Schema's `pattern` in time linear in the text (RE2's engine), because both pattern and text may come from a pull request. What only
 * backtracking can do (look-around, back references) is a syntax error when the schema is compiled. For ajv's `code.regExp`.
 */
export const linearRegExp = Object.assign(
  (pattern: string): { readonly test: (text: string) => boolean; readonly toString: () => string } => {
    const compiled = RE2JS.compile(pattern);
    // ajv keeps compiled patterns apart by their text.
    return { test: (text) => compiled.matcher(text).find(), toString: () => pattern };
  },
  // ajv prints this only into standalone code, which is never made here.
  { code: 'linearRegExp' },
);
