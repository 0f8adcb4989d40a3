/** The version of this artefact: what its own package.json says, whatever the environment pretends. */
import manifest from './package.json' with { type: 'json' };

export const VERSION = manifest.version;
