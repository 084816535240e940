import fc from 'fast-check';

/**
 * Generated inputs are the same in every run, so that a change is judged by what it changes. `ESPALIER_SEED=random` (or a number) looks
 * elsewhere; a counterexample found there becomes a test of its own.
 */
const wanted = process.env['ESPALIER_SEED'] ?? '20261121';
fc.configureGlobal({ seed: wanted === 'random' ? Date.now() : Number.parseInt(wanted, 10) });
