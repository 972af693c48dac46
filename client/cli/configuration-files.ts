import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Where configuration is looked for, the first first: what it says is not said again by the next. `duecourse.yaml` in
 * the working folder, then `~/.config/duecourse/config.yaml` (XDG_CONFIG_HOME).
 */
export function configurationFiles(variables: NodeJS.ProcessEnv): string[] {
  const home = variables['XDG_CONFIG_HOME'] ?? join(variables['HOME'] ?? homedir(), '.config');
  return [resolve('duecourse.yaml'), join(home, 'duecourse', 'config.yaml')].filter((path) => existsSync(path));
}
