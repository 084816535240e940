const step = '^generator/([0-9]+-[a-z]+)/';
const test = '[.]test[.]ts$';
const pure = '^generator/([0-9]+-[a-z]+|apply|model|lib|providers|diagnostics|scaffold)/';
const effects = [
  '^(node:)?(fs|fs/promises|child_process|http|https|net|os|process|worker_threads|readline|dns|tls)$',
  'node_modules/(@kubernetes|p-retry|isomorphic-git|execa|chokidar|@inquirer|@octokit|tinypool|ora|commander|picocolors)/',
];
const rule = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

export default {
  forbidden: [
    rule('no-cycles', 'Two files in a circle are one file: move the shared noun to model/.', {}, { circular: true }),
    rule('model-stands-alone', 'Pass the logic in, or move it to lib/.', { path: '^generator/model/' }, { pathNot: '^generator/model/' }),
    rule(
      'lib-knows-no-steps',
      'lib/ may use model/ only.',
      { path: '^generator/lib/', pathNot: test },
      { path: '^generator/', pathNot: '^generator/(lib|model)/' },
    ),
    rule(
      'diagnostics-know-no-steps',
      'diagnostics/ may use model/ and lib/ only.',
      { path: '^generator/diagnostics/', pathNot: test },
      { path: '^generator/', pathNot: '^generator/(diagnostics|lib|model)/' },
    ),
    rule(
      'steps-meet-in-data',
      'Only pipeline.ts knows other steps and providers.',
      { path: step, pathNot: test },
      { path: '^generator/([0-9]+-[a-z]+|providers|scaffold)/', pathNot: '^generator/$1/' },
    ),
    rule(
      'providers-are-strangers',
      'Share through providers/shared/.',
      { path: '^generator/providers/([^/]+)/', pathNot: test },
      { path: '^generator/providers/([^/]+)/', pathNot: '^generator/providers/($1|shared)/' },
    ),
    rule(
      'scaffold-knows-no-steps',
      'scaffold/ makes texts from answers; commands/ knows what to do with them.',
      { path: '^generator/scaffold/', pathNot: test },
      { path: '^generator/', pathNot: '^generator/(scaffold|diagnostics|lib|model)/' },
    ),
    rule(
      'apply-knows-no-steps',
      'apply/ works on the committed tree and a port; commands/ knows how both were come by.',
      { path: '^generator/apply/', pathNot: test },
      { path: '^generator/', pathNot: '^generator/(apply|diagnostics|lib|model)/' },
    ),
    rule('pure-code-has-no-effects', 'Take a port as an argument.', { path: pure, pathNot: test }, { path: effects }),
    rule(
      'pure-code-ignores-the-shell',
      'Take a port from model/ as an argument.',
      { path: pure, pathNot: test },
      { path: '^generator/(io|commands|main|pipeline)' },
    ),
    rule(
      'io-knows-no-steps',
      'io/ moves bytes; the pipeline decides.',
      { path: '^generator/io/', pathNot: test },
      { path: '^generator/([0-9]+-[a-z]+|apply|providers|scaffold|commands|main|pipeline)' },
    ),
    rule(
      'no-dev-packages',
      'What the program needs at run time is a dependency, not a development dependency.',
      { path: '^generator/', pathNot: test },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    ),
    rule('nothing-unresolved', 'The import points nowhere.', {}, { couldNotResolve: true }),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
