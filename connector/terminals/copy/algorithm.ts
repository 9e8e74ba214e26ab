const PREFIX = "finger-";

/** How the vault names templates of a terminal's `~ZKFPVersion`; null where the terminal does not tell it. */
export function algorithmOf(fingerprintVersion: string | null): string | null {
  return fingerprintVersion === null ? null : `${PREFIX}${fingerprintVersion}`;
}

/** The `~ZKFPVersion` of templates in the vault. */
export function versionOf(algorithm: string | undefined): string | null {
  return algorithm?.startsWith(PREFIX) === true ? algorithm.slice(PREFIX.length) : null;
}
